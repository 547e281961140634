import { Logger } from '@nestjs/common';
import net from 'node:net';
import { bearer, OPERATOR } from '../access/people.js';
import { createLogHost } from './log-host.js';
it('slow but moving', async () => {
  const host = await createLogHost('express', { maxBytes: 64 * 1024 ** 2 });
  const logger = new Logger('A');
  for (let i = 0; i < 200; i++) logger.log(`${i} ${'x'.repeat(200_000)}`);
  const { port } = new URL(host.url);
  const socket = net.connect(Number(port), '127.0.0.1');
  socket.write(`GET /log-console/api/stream?after=0 HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer(OPERATOR).authorization}\r\n\r\n`);
  let total = 0; let ended = '';
  socket.on('error', (e) => (ended = 'error ' + e.message)).on('close', () => (ended ||= 'close'));
  socket.on('data', (d) => { total += d.length; socket.pause(); setTimeout(() => socket.resume(), 65536 / 20); });
  const start = performance.now();
  while (!ended && performance.now() - start < 75_000) { await new Promise((r) => setTimeout(r, 1000)); }
  console.log(ended, total, (performance.now() - start) / 1000);
  socket.destroy();
  await host.close();
}, 100_000);
