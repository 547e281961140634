/** Something that can be aborted by itself, and is aborted with its parent. Abort it when it is over: the parent forgets it then. */
export function childOf(parent: AbortSignal | undefined): AbortController {
  const child = new AbortController();
  if (parent?.aborted) child.abort(parent.reason);
  parent?.addEventListener('abort', () => child.abort(parent.reason), { signal: child.signal });
  return child;
}
