/** The storage of this browser; undefined where it is forbidden. */
export function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
