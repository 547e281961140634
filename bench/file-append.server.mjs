// A Nest application with one log file, to be streamed.
import { NestFactory } from '@nestjs/core';
import { answer } from './children.mjs';
import { filesModule, TOKEN } from './file-app.mjs';

const [path] = process.argv.slice(2);

answer(async () => {
  const app = await NestFactory.create(filesModule([{ id: 'app', path }]), { logger: false });
  await app.listen(0, '127.0.0.1');
  return { port: app.getHttpServer().address().port, token: TOKEN };
});
