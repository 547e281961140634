import { Controller, Get, Logger, Param, Post, VERSION_NEUTRAL, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** What a host has of its own: a list, and a route that logs. */
@Controller({ path: 'orders', version: VERSION_NEUTRAL })
export class OrdersController {
  readonly #logger = new Logger('Orders');
  #listed = 0;

  @Get()
  list(): object {
    return { listed: ++this.#listed };
  }

  @Post(':line')
  add(@Param('line') line: string): object {
    this.#logger.log(line);
    return { line };
  }
}

/** Its OpenAPI document, at `/docs-json`. */
export function publishDocument(app: INestApplication): void {
  const document = () => SwaggerModule.createDocument(app, new DocumentBuilder().build());
  SwaggerModule.setup('docs', app, document, { ui: false, raw: ['json'] });
}
