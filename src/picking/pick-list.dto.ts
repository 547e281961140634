import { ApiProperty } from '@nestjs/swagger';
import { LocationDto } from '../stock/location.dto.js';
import { StockLineDto } from '../stock/stock-line.dto.js';
import { type PickLine, type PickList, type PickListState, pickListStates } from './pick-list.js';

/** One stop on the way through the warehouse, as the API shows it. */
export class PickLineDto extends StockLineDto implements PickLine {
  @ApiProperty()
  location!: LocationDto;
}

/** What one order needs, as the API shows it. */
export class PickListDto implements PickList {
  @ApiProperty({ type: 'integer', example: 90112 })
  id!: number;

  @ApiProperty({ type: 'integer', example: 48275 })
  orderId!: number;

  @ApiProperty({ enum: pickListStates })
  state!: PickListState;

  @ApiProperty({ type: [PickLineDto] })
  lines!: PickLineDto[];
}
