import { ApiProperty } from '@nestjs/swagger';

/** An operation that was started. */
export class StartedDto {
  @ApiProperty({ example: '1h8k2m3n4p5q6r7s', description: 'Its id in the log console' })
  id!: string;
}
