import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

/** What `GET /stock` can be narrowed to. */
export class FindStockQuery {
  @ApiPropertyOptional({ enum: ['all', 'below-minimum'], default: 'all' })
  @IsOptional()
  @IsIn(['all', 'below-minimum'])
  show: 'all' | 'below-minimum' = 'all';
}
