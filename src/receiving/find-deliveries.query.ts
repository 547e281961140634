import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type DeliveryState, deliveryStates } from './delivery.js';

/** What `GET /receiving/deliveries` can be narrowed to. */
export class FindDeliveriesQuery {
  @ApiPropertyOptional({ enum: deliveryStates })
  @IsOptional()
  @IsIn(deliveryStates)
  state?: DeliveryState;
}
