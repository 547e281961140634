import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger, LoggerModule } from 'nestjs-pino';
import { consoleIfAsked, logAndReport } from './lines.js';

@Module({ imports: [LoggerModule.forRoot(), ...consoleIfAsked()] })
class AppModule {}

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(AppModule, { bufferLogs: true });
  app.useLogger(app.get(Logger));
  await app.listen(0, '127.0.0.1');
  await logAndReport(app);
}

void bootstrap();
