import { ApiProperty } from '@nestjs/swagger';
import type { TelemetryRecord } from './telemetry.js';

/** A log record of OpenTelemetry, as the API says it. */
export class TelemetryRecordDto implements TelemetryRecord {
  @ApiProperty({ example: 'WARN' })
  severity!: string;

  @ApiProperty({ example: 'StockService' })
  scope!: string;

  @ApiProperty({ example: 'Stock of AB-444 is low' })
  body!: string;
}
