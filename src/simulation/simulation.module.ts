import { Module } from '@nestjs/common';
import { Random } from '../common/random.js';
import { OrdersModule } from '../orders/orders.module.js';
import { PickingModule } from '../picking/picking.module.js';
import { ReceivingModule } from '../receiving/receiving.module.js';
import { readCount } from '../settings.js';
import { StockModule } from '../stock/stock.module.js';
import { CountStep } from './count.step.js';
import { DeliveryStep } from './delivery.step.js';
import { FloorStep } from './floor.step.js';
import { OrderStep } from './order.step.js';
import { PickStep } from './pick.step.js';
import { Rhythm } from './rhythm.js';
import { SimulationService } from './simulation.service.js';
import { type Step, STEPS } from './step.js';

const MAX_SHARES = 100;
const steps = [OrderStep, PickStep, DeliveryStep, CountStep, FloorStep];

/** A working day that lives by itself. */
@Module({
  imports: [StockModule, ReceivingModule, PickingModule, OrdersModule],
  providers: [
    {
      provide: Rhythm,
      inject: [Random],
      useFactory: (random: Random) => new Rhythm(random, readCount('DEMO_SHARES', MAX_SHARES)),
    },
    SimulationService,
    ...steps,
    { provide: STEPS, inject: steps, useFactory: (...all: Step[]) => all },
  ],
})
export class SimulationModule {}
