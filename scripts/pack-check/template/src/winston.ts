import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { utilities, WinstonModule } from 'nest-winston';
import * as winston from 'winston';
import { consoleIfAsked, logAndReport } from './lines.js';

@Module({ imports: consoleIfAsked() })
class AppModule {}

async function bootstrap(): Promise<void> {
  const format = winston.format.combine(
    winston.format.json(),
    utilities.format.nestLike('Shop', { colors: false }),
  );
  const app = await NestFactory.create(AppModule, {
    logger: WinstonModule.createLogger({ format, transports: [new winston.transports.Console()] }),
  });
  await app.listen(0, '127.0.0.1');
  await logAndReport(app);
}

void bootstrap();
