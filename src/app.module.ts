import { Module } from '@nestjs/common';
import { LogConsoleModule } from 'nestjs-log-console';
import { AccessLogModule } from './access-log/access-log.module.js';
import { CatalogueImportModule } from './catalogue-import/catalogue-import.module.js';
import { CommonModule } from './common/common.module.js';
import { demoTokens } from './demo-tokens.js';
import { DemoModule } from './demo/demo.module.js';
import { logPath } from './log-path.js';
import { OrdersModule } from './orders/orders.module.js';
import { logDestinations } from './outside/log-destinations.js';
import { OutsideModule } from './outside/outside.module.js';
import { PickingModule } from './picking/picking.module.js';
import { ReceivingModule } from './receiving/receiving.module.js';
import { sharedLog } from './shared-log.js';
import { SimulationModule } from './simulation/simulation.module.js';
import { StockModule } from './stock/stock.module.js';

/** A small warehouse with a live log console at /log-console. */
@Module({
  imports: [
    LogConsoleModule.forRoot({
      ...sharedLog(),
      access: { tokens: demoTokens().map(({ token, name, role }) => ({ token, name, role })) },
      files: [{ id: 'access', path: logPath('access.log'), name: 'Access log', format: 'access' }],
      sinks: logDestinations(),
    }),
    CommonModule,
    AccessLogModule,
    StockModule,
    ReceivingModule,
    CatalogueImportModule,
    PickingModule,
    OrdersModule,
    SimulationModule,
    DemoModule,
    OutsideModule,
  ],
})
export class AppModule {}
