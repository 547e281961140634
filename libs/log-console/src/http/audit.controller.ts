import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { Audit } from '../access/audit.js';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleGuard } from '../access/log-console.guard.js';
import { Requires } from '../access/requires.js';
import { type HostResponse } from './host-response.js';
import { LogConsoleExceptionFilter } from './log-console.filter.js';
import { DocumentAudit, DocumentRoutes } from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { PlaceQuery } from './reading.query.js';
import { SourceRoutes } from './source-routes.js';

/** The audit trail: read like any source, written by nobody's request. */
@UseGuards(LogConsoleGuard)
@UseFilters(LogConsoleExceptionFilter)
@DocumentRoutes()
@Controller()
export class AuditController {
  constructor(
    @Inject(Audit) private readonly audit: Audit,
    @Inject(SourceRoutes) private readonly routes: SourceRoutes,
  ) {}

  @Get('api/audit')
  @Requires('audit')
  @DocumentAudit()
  entries(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(PlaceQuery, request);
    return this.routes.entries(this.audit.log, query, { request, response: response as HostResponse });
  }
}
