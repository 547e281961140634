import { Get, HttpStatus, Inject, Req, Res } from '@nestjs/common';
import { type HttpRequest } from '../access/http-request.js';
import { Requires } from '../access/requires.js';
import { LogStatsProvider } from '../domain/log-stats.js';
import { GuardedController } from './guarded-controller.js';
import { sendJson, type HostResponse } from './host-response.js';
import { DocumentRoutes, DocumentStats } from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';

/** The module's counters. */
@GuardedController()
@DocumentRoutes()
export class StatsController {
  constructor(@Inject(LogStatsProvider) private readonly log: LogStatsProvider) {}

  @Get('api/stats')
  @Requires('read')
  @DocumentStats()
  async stats(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    readQuery(NoQuery, request);
    sendJson(response as HostResponse, HttpStatus.OK, await this.log.stats());
  }
}
