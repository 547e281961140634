/** The entry that says what was cleared, before and after the number of entries, which only Redis knows. */
export function tombstone(who: string, time: string, instance: string): [string, string] {
  const head = { id: 0, time, level: 'warn', context: 'LogConsole', message: `${who} cleared ` };
  return [JSON.stringify(head).slice(0, -2), `","instance":${JSON.stringify(instance)}}`];
}
