import { ApiProperty } from '@nestjs/swagger';
import { StockLineDto } from '../stock/stock-line.dto.js';
import { type Delivery, type DeliveryState, deliveryStates } from './delivery.js';

/** Goods from a supplier, as the API shows them. */
export class DeliveryDto implements Delivery {
  @ApiProperty({ type: 'integer', example: 7031 })
  id!: number;

  @ApiProperty({ example: 'Nordvik Fasteners' })
  supplier!: string;

  @ApiProperty({ type: 'integer', example: 2 })
  dock!: number;

  @ApiProperty({ format: 'date-time' })
  arrivedAt!: string;

  @ApiProperty({ enum: deliveryStates })
  state!: DeliveryState;

  @ApiProperty({ type: [StockLineDto] })
  lines!: StockLineDto[];
}
