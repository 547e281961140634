import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { telemetryRecords } from './telemetry.js';
import { TelemetryRecordDto } from './telemetry-record.dto.js';

/** Shows what OpenTelemetry's SDK was handed. */
@ApiTags('demo')
@Controller('telemetry')
export class TelemetryController {
  @Get()
  @ApiOperation({ operationId: 'listTelemetry', summary: 'What OpenTelemetry got of the log, newest first' })
  @ApiOkResponse({ type: [TelemetryRecordDto], description: 'The newest 50 log records' })
  list(): TelemetryRecordDto[] {
    return telemetryRecords();
  }
}
