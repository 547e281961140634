import { Module } from '@nestjs/common';
import { StockModule } from '../stock/stock.module.js';
import { HandScanner } from './hand-scanner.js';
import { LabelPrinter } from './label-printer.js';
import { PickingController } from './picking.controller.js';
import { PickingService } from './picking.service.js';

/** Goods on their way from the shelf to the packing table. */
@Module({
  imports: [StockModule],
  controllers: [PickingController],
  providers: [PickingService, HandScanner, LabelPrinter],
  exports: [PickingService],
})
export class PickingModule {}
