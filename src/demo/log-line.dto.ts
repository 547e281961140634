import type { LogLevel } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsOptional, IsString, Length } from 'class-validator';
import { IsTrueFalseOrText } from './is-true-false-or-text.js';
import type { LogLine } from './log-line.js';

const levels = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const satisfies readonly LogLevel[];

/** One line to log, as the API takes it. */
export class LogLineDto implements LogLine {
  @ApiProperty({ enum: levels, example: 'warn' })
  @IsIn(levels)
  level!: LogLevel;

  @ApiProperty({ example: 'Stock of AB-444 is below its minimum' })
  @IsString()
  message!: string;

  @ApiPropertyOptional({ minLength: 1, maxLength: 200, default: 'Demo' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  context?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Structured data beside the message',
    example: { sku: 'AB-444', available: 12 },
  })
  @IsOptional()
  @IsObject()
  data?: Record<string, unknown>;

  @ApiPropertyOptional({
    oneOf: [{ type: 'boolean' }, { type: 'string' }],
    description: 'Attach a real Error with a stack; a string is its message',
    example: true,
  })
  @IsOptional()
  @IsTrueFalseOrText()
  error?: boolean | string;
}
