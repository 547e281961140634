import { NestFactory } from '@nestjs/core';
import { LogConsoleModule } from 'nestjs-log-console';
import 'reflect-metadata';

const TOKEN = 'a-token-for-the-picture-of-an-empty-list';

/** An application that has logged nothing yet. */
export async function quietHost() {
  const access = { tokens: [{ token: TOKEN, name: 'operator', role: 'operator' }] };
  const console = LogConsoleModule.forRoot({ access, level: 'error', forward: false, openapi: false });
  const app = await NestFactory.create(console, { logger: false });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address();
  return { link: `http://localhost:${port}/log-console#token=${TOKEN}`, close: () => app.close() };
}
