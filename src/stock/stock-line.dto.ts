import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Matches, Max, Min } from 'class-validator';
import type { StockLine } from './stock-line.js';

/** So many pieces of one item, as the API takes and shows it. */
export class StockLineDto implements StockLine {
  @ApiProperty({ pattern: '^[A-Z]{2}-[0-9]{3}$', example: 'AB-444' })
  @Matches(/^[A-Z]{2}-\d{3}$/, { message: '$property must look like AB-444' })
  sku!: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 1000, example: 4 })
  @IsInt()
  @Min(1)
  @Max(1000)
  quantity!: number;
}
