import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, ValidateNested } from 'class-validator';
import { StockLineDto } from './stock-line.dto.js';

/** Marks a DTO's list of stock lines: 1 to 20 of them, each sku once. */
export function StockLines(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: [StockLineDto], minItems: 1, maxItems: 20 }),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(20),
    ArrayUnique((line?: StockLineDto | null) => line?.sku, { message: '$property must name each sku once' }),
    ValidateNested({ each: true }),
    Type(() => StockLineDto),
  );
}
