import { type INestApplication, type NestApplicationOptions, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SwaggerModule } from '@nestjs/swagger';
import { AccessLog } from './access-log/access-log.js';
import { AppModule } from './app.module.js';
import { createOpenApiDocument } from './openapi.js';

type NestOptions = Pick<NestApplicationOptions, 'logger' | 'abortOnError' | 'rawBody'>;

/** How to build the application; Express and Nest's own logger unless said otherwise. */
export type CreateAppOptions = Pick<NestApplicationOptions, 'logger'> & { readonly fastify?: boolean };

/** The warehouse, ready for `listen()` or `init()`. */
export async function createApp({
  fastify = false,
  logger,
}: CreateAppOptions = {}): Promise<INestApplication> {
  const options: NestOptions = { logger, abortOnError: false, rawBody: true };
  const app = await NestFactory.create(AppModule, await createAdapter(fastify), options);
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.use(app.get(AccessLog).middleware);
  app.enableShutdownHooks();
  SwaggerModule.setup('docs', app, () => createOpenApiDocument(app), { jsonDocumentUrl: 'docs-json' });
  return app;
}

async function createAdapter(fastify: boolean) {
  if (fastify) {
    const { FastifyAdapter } = await import('@nestjs/platform-fastify');
    return new FastifyAdapter();
  }
  const { ExpressAdapter } = await import('@nestjs/platform-express');
  return new ExpressAdapter();
}
