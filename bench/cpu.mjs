/** CPU time of this process so far, in nanoseconds: user and system, of all its threads (collector and compiler too). */
export function cpuNs() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}
