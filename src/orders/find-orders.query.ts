import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type OrderState, orderStates } from './order.js';

/** What `GET /orders` can be narrowed to. */
export class FindOrdersQuery {
  @ApiPropertyOptional({ enum: orderStates })
  @IsOptional()
  @IsIn(orderStates)
  state?: OrderState;
}
