/** The part of `Storage` that is needed. */
export type TokenStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const keyOf = (base: URL): string => `log-console ${base.pathname}`;

/** The token this tab was signed in with, where the host's own guards want it with every request. */
export function keptBearer(base: URL, storage = tabStorage()): string | undefined {
  return tryTo(() => storage?.getItem(keyOf(base)) ?? undefined);
}

/** Keeps it until the tab is closed. */
export function keepBearer(base: URL, token: string, storage = tabStorage()): void {
  tryTo(() => storage?.setItem(keyOf(base), token));
}

export function forgetBearer(base: URL, storage = tabStorage()): void {
  tryTo(() => storage?.removeItem(keyOf(base)));
}

function tabStorage(): TokenStorage | undefined {
  return tryTo(() => globalThis.sessionStorage as TokenStorage | undefined);
}

/** A browser may forbid its storage, or have no room: the token is then good until the page is reloaded. */
function tryTo<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
