import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoTokens, listenHost } from './demo-tokens.js';
import { listen } from './listen.js';
import { readChoice, readPort, SettingError } from './settings.js';
import { welcome } from './welcome.js';

try {
  await main();
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const port = readPort();
  const fastify = readChoice('DEMO_HTTP', ['express', 'fastify']) === 'fastify';
  readChoice('DEMO_SIMULATION', ['on', 'off']);
  const tokens = demoTokens();
  // Imported only now: the modules read the same settings when they load.
  const { createApp } = await import('./create-app.js');
  const app = await createApp({ fastify });
  await listen(app, port, listenHost(tokens));
  const server = app.getHttpServer() as Server;
  // Not through the logger: the links hold tokens, and what is logged can be read by every viewer.
  process.stdout.write(welcome((server.address() as AddressInfo).port, tokens));
}
