import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The body of every refused request, in Nest's own shape. */
export class Problem {
  @ApiProperty({ example: 400 })
  statusCode!: number;

  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    description: 'What is wrong, in words; several sentences when several fields are wrong',
    example: ['quantity must not be less than 1'],
  })
  message!: string | string[];

  @ApiPropertyOptional({ example: 'Bad Request' })
  error?: string;
}
