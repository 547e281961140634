import { Get, Inject, Req, Res } from '@nestjs/common';
import { Audit } from '../access/audit.js';
import { type HttpRequest } from '../access/http-request.js';
import { Requires } from '../access/requires.js';
import { GuardedController } from './guarded-controller.js';
import { type HostResponse } from './host-response.js';
import { DocumentAudit, DocumentRoutes } from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { PlaceQuery } from './reading.query.js';
import { SourceRoutes } from './source-routes.js';

/** The audit trail: read like any source, written by nobody's request. */
@GuardedController()
@DocumentRoutes()
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
