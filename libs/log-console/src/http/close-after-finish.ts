import { type ServerResponse } from 'node:http';

/** Makes a live response the last on its connection: `server.close()` then has nothing to wait for. */
export function closeAfterFinish(raw: ServerResponse): void {
  const { socket } = raw;
  if (socket && raw.req.httpVersionMajor === 1) raw.once('finish', () => socket.destroySoon());
}
