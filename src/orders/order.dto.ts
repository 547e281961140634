import { ApiProperty } from '@nestjs/swagger';
import { StockLineDto } from '../stock/stock-line.dto.js';
import { type Order, orderPriorities, type OrderPriority, type OrderState, orderStates } from './order.js';

/** What a customer bought, as the API shows it. */
export class OrderDto implements Order {
  @ApiProperty({ type: 'integer', example: 48275 })
  id!: number;

  @ApiProperty({ example: 'Lindgren Hydraulics' })
  customer!: string;

  @ApiProperty({ enum: orderPriorities })
  priority!: OrderPriority;

  @ApiProperty({ enum: orderStates })
  state!: OrderState;

  @ApiProperty({ type: 'integer', example: 90112 })
  pickListId!: number;

  @ApiProperty({ format: 'date-time' })
  placedAt!: string;

  @ApiProperty({ type: [StockLineDto] })
  lines!: StockLineDto[];
}
