import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import type { StockLineDto } from '../stock/stock-line.dto.js';
import { StockLines } from '../stock/stock-lines.decorator.js';
import { orderPriorities, type OrderPriority, type OrderRequest } from './order.js';

/** What a customer wants to buy, as the API takes it. */
export class OrderRequestDto implements OrderRequest {
  @ApiProperty({ minLength: 2, maxLength: 80, example: 'Lindgren Hydraulics' })
  @IsString()
  @Length(2, 80)
  customer!: string;

  @ApiPropertyOptional({ enum: orderPriorities, default: 'normal' })
  @IsOptional()
  @IsIn(orderPriorities)
  priority?: OrderPriority;

  @StockLines()
  lines!: StockLineDto[];
}
