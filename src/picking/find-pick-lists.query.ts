import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type PickListState, pickListStates } from './pick-list.js';

/** What `GET /picking` can be narrowed to. */
export class FindPickListsQuery {
  @ApiPropertyOptional({ enum: pickListStates })
  @IsOptional()
  @IsIn(pickListStates)
  state?: PickListState;
}
