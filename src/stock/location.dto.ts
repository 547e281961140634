import { ApiProperty } from '@nestjs/swagger';
import type { Location } from './location.js';

/** Where an item lies, as the API shows it. */
export class LocationDto implements Location {
  @ApiProperty({ example: 'C' })
  aisle!: string;

  @ApiProperty({ type: 'integer', example: 14 })
  shelf!: number;
}
