import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';

/** The result of counting a shelf. */
export class CountStockDto {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100_000, example: 118 })
  @IsInt()
  @Min(0)
  @Max(100_000)
  counted!: number;
}
