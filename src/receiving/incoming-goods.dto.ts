import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import type { StockLineDto } from '../stock/stock-line.dto.js';
import { StockLines } from '../stock/stock-lines.decorator.js';
import type { IncomingGoods } from './delivery.js';

/** What stands at the dock, as the API takes it. */
export class IncomingGoodsDto implements IncomingGoods {
  @ApiProperty({ minLength: 2, maxLength: 80, example: 'Nordvik Fasteners' })
  @IsString()
  @Length(2, 80)
  supplier!: string;

  @StockLines()
  lines!: StockLineDto[];
}
