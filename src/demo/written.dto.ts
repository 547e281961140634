import { ApiProperty } from '@nestjs/swagger';
import type { Written } from './written.js';

/** How many lines were logged, as the API says it. */
export class WrittenDto implements Written {
  @ApiProperty({ type: 'integer', example: 1000 })
  written!: number;
}
