import { readFileSync } from 'node:fs';

const LISTEN = '0A';
/** Holds neither a place in the process nor bytes that wait; the kernel drops it by itself. */
const TIME_WAIT = '06';
const ESTABLISHED = '01';
const PAGE = 4096;

/** The connections of a local TCP port as Linux knows them: open and half closed; undefined elsewhere. */
export function connectionsOf(port) {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = linesOf('/proc/net/tcp');
  if (!rows) return undefined;
  const states = new Map();
  // By their other end: the table is read in pieces, and what moves meanwhile is in two of them.
  for (const [, local, remote, state] of rows) {
    if (local.endsWith(suffix) && state !== LISTEN && state !== TIME_WAIT) states.set(remote, state);
  }
  const open = [...states.values()].filter((state) => state === ESTABLISHED).length;
  return { open, halfClosed: states.size - open };
}

/** The memory of all TCP sockets of the machine in bytes; undefined where the kernel does not tell. */
export function tcpMemory() {
  const tcp = linesOf('/proc/net/sockstat')?.find(([name]) => name === 'TCP:');
  return tcp && Number(tcp[tcp.indexOf('mem') + 1]) * PAGE;
}

function linesOf(path) {
  try {
    return readFileSync(path, 'latin1')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/));
  } catch {
    return undefined;
  }
}
