import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI document of the demo, the log console's routes included. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Warehouse')
    .setDescription(
      'A small warehouse that shows nestjs-log-console at work. Its own routes need no sign-in.',
    )
    .setVersion('1.0.0')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/')
    .addTag('stock', 'What lies in the warehouse')
    .addTag('receiving', 'Goods coming in')
    .addTag('picking', 'Goods on their way to the packing table')
    .addTag('orders', 'What customers buy')
    .addTag('demo', 'Lines on demand, to try the log console with')
    // The scheme the log console's routes refer to.
    .addBearerAuth()
    .build();
  // Open unless an operation says otherwise, as the log console's do.
  return { ...SwaggerModule.createDocument(app, config), security: [] };
}
