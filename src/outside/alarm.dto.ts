import { ApiProperty } from '@nestjs/swagger';

/** What came by the webhook, for people. */
export class AlarmDto {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'log.entries', description: '`log.test` where somebody tried it' })
  type!: string;

  @ApiProperty({ type: [String], example: ['LabelPrinter: The label printer is out of paper'] })
  lines!: string[];
}
