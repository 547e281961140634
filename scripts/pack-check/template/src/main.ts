import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ShopModule } from './shop.module.js';

async function bootstrap(): Promise<void> {
  const app = await NestFactory.create(ShopModule);
  app.enableShutdownHooks();
  const config = new DocumentBuilder().addBearerAuth().build();
  SwaggerModule.setup('docs', app, SwaggerModule.createDocument(app, config));
  await app.listen(process.env.PORT ?? 3000, '127.0.0.1');
  console.log(`listening at ${await app.getUrl()}`);
}

void bootstrap();
