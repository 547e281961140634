import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** So many different free ports of this machine. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = [];
  for (const server of servers) {
    if (!server.listening) await once(server, 'listening');
    ports.push(server.address().port);
  }
  for (const server of servers) server.close();
  return ports;
}

/** Whether nobody listens there yet. */
export async function isFree(port, host) {
  const server = createServer().listen(port, host);
  const listens = await Promise.race([
    once(server, 'listening').then(() => true),
    once(server, 'error').then(() => false),
  ]);
  server.close();
  return listens;
}

/** Resolves when somebody listens there; rejects when nobody does in time, or it is over. */
export async function listens(port, { withinMs, isOver }) {
  for (const until = performance.now() + withinMs; performance.now() < until && !isOver();) {
    const socket = connect(port, '127.0.0.1');
    const answers = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (answers) return;
    await sleep(50);
  }
  throw new Error(`Nobody listens on port ${port}.`);
}
