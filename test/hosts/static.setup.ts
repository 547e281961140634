import { ServeStaticModule } from '@nestjs/serve-static';
import { type HostSetup } from '../support/app-process.js';
import { OrdersController, publishDocument } from './orders.controller.js';

/** A host that serves a page of its own from the folder `STATIC_ROOT`. */
export function setup(): HostSetup {
  const { STATIC_ROOT = '', STATIC_OPTIONS = '{}' } = process.env;
  const serveStaticOptions = JSON.parse(STATIC_OPTIONS) as object;
  return {
    imports: [ServeStaticModule.forRoot({ rootPath: STATIC_ROOT, serveStaticOptions })],
    controllers: [OrdersController],
    prepare: (app) => publishDocument(app.enableShutdownHooks()),
  };
}
