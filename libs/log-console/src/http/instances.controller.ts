import { Get, HttpStatus, Inject, Req, Res } from '@nestjs/common';
import { type HttpRequest } from '../access/http-request.js';
import { Requires } from '../access/requires.js';
import { LogInstances } from '../domain/log-instances.js';
import { GuardedController } from './guarded-controller.js';
import { sendJson, type HostResponse } from './host-response.js';
import { DocumentInstances, DocumentRoutes } from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';

/** The processes that write to this log. */
@GuardedController()
@DocumentRoutes()
export class InstancesController {
  constructor(@Inject(LogInstances) private readonly log: LogInstances) {}

  @Get('api/instances')
  @Requires('read')
  @DocumentInstances()
  async instances(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    readQuery(NoQuery, request);
    sendJson(response as HostResponse, HttpStatus.OK, await this.log.instances());
  }
}
