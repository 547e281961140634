import { Get, HttpStatus, Inject, Req, Res } from '@nestjs/common';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { Requires } from '../access/requires.js';
import { LogRequests } from '../domain/log-requests.js';
import { GuardedController } from './guarded-controller.js';
import { sendJson, type HostResponse } from './host-response.js';
import { DocumentRequest, DocumentRoutes } from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';

const UNKNOWN = 'There is no request of this id, or it is no longer kept.';

/** What a request was that lines belong to. */
@GuardedController()
@DocumentRoutes()
export class RequestsController {
  constructor(@Inject(LogRequests) private readonly requests: LogRequests) {}

  @Get('api/requests/:id')
  @Requires('read')
  @DocumentRequest()
  request(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    // Not by @Param(): a pipe of the host would get at it.
    const id = request.params?.id;
    const found = typeof id === 'string' ? this.requests.find(id) : undefined;
    if (!found) throw new LogConsoleException(HttpStatus.NOT_FOUND, UNKNOWN);
    sendJson(response as HostResponse, HttpStatus.OK, found);
  }
}
