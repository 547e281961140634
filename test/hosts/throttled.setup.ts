import { APP_GUARD } from '@nestjs/core';
import { SkipThrottle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { type HostSetup } from '../support/app-process.js';
import { OrdersController, publishDocument } from './orders.controller.js';

/** A host that answers few requests in a minute; `THROTTLED` says whether the console is meant too. */
export function setup(): HostSetup {
  const { LIMIT, THROTTLED } = process.env;
  return {
    imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: Number(LIMIT) }])],
    controllers: [OrdersController],
    providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
    ...(THROTTLED === 'everything' ? {} : { console: { decorators: [SkipThrottle()] } }),
    prepare: (app) => publishDocument(app.enableShutdownHooks()),
  };
}
