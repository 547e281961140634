import { ApiProperty } from '@nestjs/swagger';
import { LocationDto } from './location.dto.js';
import type { StockItem } from './stock-item.js';

/** One article, as the API shows it. */
export class StockItemDto implements StockItem {
  @ApiProperty({ example: 'AB-444' })
  sku!: string;

  @ApiProperty({ example: 'Ball bearing 6204' })
  name!: string;

  @ApiProperty({ type: 'integer', description: 'Pieces on the shelf, reserved ones included', example: 120 })
  quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Pieces promised to orders not picked yet', example: 8 })
  reserved!: number;

  @ApiProperty({ type: 'integer', description: 'Fewer free pieces have to be ordered again', example: 40 })
  minimum!: number;

  @ApiProperty()
  location!: LocationDto;
}
