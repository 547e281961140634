import { ApiPropertyOptional } from '@nestjs/swagger';
import { Matches } from 'class-validator';

/** How many lines `POST /demo/burst` logs; still text, so that `1e3` and `0x10` are refused. */
export class BurstQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100_000, default: 1000 })
  @Matches(/^([1-9]\d{0,4}|100000)$/, { message: 'n must be a whole number from 1 to 100000' })
  n = '1000';
}
