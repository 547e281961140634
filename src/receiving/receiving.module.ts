import { Module } from '@nestjs/common';
import { StockModule } from '../stock/stock.module.js';
import { ReceivingController } from './receiving.controller.js';
import { ReceivingService } from './receiving.service.js';
import { SupplierClient } from './supplier.client.js';

/** Goods coming in from suppliers. */
@Module({
  imports: [StockModule],
  controllers: [ReceivingController],
  providers: [ReceivingService, SupplierClient],
  exports: [ReceivingService],
})
export class ReceivingModule {}
