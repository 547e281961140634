import { Module } from '@nestjs/common';
import { PickingModule } from '../picking/picking.module.js';
import { StockModule } from '../stock/stock.module.js';
import { OrdersController } from './orders.controller.js';
import { OrdersService } from './orders.service.js';

/** What customers buy. */
@Module({
  imports: [StockModule, PickingModule],
  controllers: [OrdersController],
  providers: [OrdersService],
  exports: [OrdersService],
})
export class OrdersModule {}
