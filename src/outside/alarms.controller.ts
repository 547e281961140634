import {
  Controller,
  ForbiddenException,
  Get,
  HttpCode,
  HttpStatus,
  Post,
  type RawBodyRequest,
  Req,
} from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { IncomingMessage } from 'node:http';
import { AlarmDto } from './alarm.dto.js';
import { type AlarmMessage, Alarms } from './alarms.js';
import { ALARM_SECRET } from './alarm-secret.js';
import { isSigned } from './is-signed.js';

/** Takes the errors that the log console's webhook sends, as a service outside would, and shows them. */
@ApiTags('demo')
@Controller('alarms')
export class AlarmsController {
  constructor(private readonly alarms: Alarms) {}

  @Post()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiExcludeEndpoint()
  take(@Req() { rawBody, headers }: RawBodyRequest<IncomingMessage>): void {
    if (!rawBody || !isSigned(rawBody, headers, ALARM_SECRET))
      throw new ForbiddenException('The message is not signed, or not new');
    this.alarms.take(JSON.parse(rawBody.toString()) as AlarmMessage);
  }

  @Get()
  @ApiOperation({
    operationId: 'listAlarms',
    summary: 'What the webhook of the log console sent, newest first',
  })
  @ApiOkResponse({ type: [AlarmDto], description: 'The newest 50 messages' })
  list(): AlarmDto[] {
    return this.alarms.list();
  }
}
