/** Whether a request target is at a path or below it, as a router sees it: its case and its query do not count. */
export function isUnder(path: string, target: string): boolean {
  const start = target.startsWith('/') ? 0 : startOfPath(target);
  const end = start + path.length;
  if (target.slice(start, end).toLowerCase() !== path.toLowerCase()) return false;
  return target.length === end || '/?#'.includes(target[end]);
}

/** Of the absolute form, `http://host/path`. */
function startOfPath(target: string): number {
  const [origin] = /^https?:\/\/[^/?#]*/i.exec(target) ?? [''];
  return origin.length;
}
