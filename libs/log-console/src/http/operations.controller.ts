import { Get, HttpCode, HttpStatus, Inject, Post, Req, Res, Sse } from '@nestjs/common';
import { type Observable } from 'rxjs';
import { cancelled } from '../access/audit-event.js';
import { Audit } from '../access/audit.js';
import { admissionOf } from '../access/caller.js';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { Requires } from '../access/requires.js';
import { LogOperations, NO_OPERATION, type OperationSource } from '../domain/log-operations.js';
import { GuardedController } from './guarded-controller.js';
import { sendJson, type HostResponse } from './host-response.js';
import {
  DocumentCancel,
  DocumentOperation,
  DocumentOperationEntries,
  DocumentOperationExport,
  DocumentOperations,
  DocumentOperationStream,
  DocumentOperationTail,
  DocumentRoutes,
} from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { EntriesQuery, ExportQuery, LiveQuery, NoQuery, TailQuery } from './reading.query.js';
import { SourceRoutes } from './source-routes.js';

/** The operations of this process: what became of each, and the reading routes of the log for the lines of one. */
@GuardedController()
@DocumentRoutes()
export class OperationsController {
  constructor(
    @Inject(LogOperations) private readonly operations: LogOperations,
    @Inject(SourceRoutes) private readonly routes: SourceRoutes,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Get('api/operations')
  @Requires('read')
  @DocumentOperations()
  list(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    sendJson(response as HostResponse, HttpStatus.OK, { operations: this.operations.list() });
  }

  @Get('api/operations/:id')
  @Requires('read')
  @DocumentOperation()
  one(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    sendJson(response as HostResponse, HttpStatus.OK, this.#find(request).summary);
  }

  @Get('api/operations/:id/entries')
  @Requires('read')
  @DocumentOperationEntries()
  async entries(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(EntriesQuery, request);
    const exchange = { request, response: response as HostResponse };
    return this.routes.entries(this.#find(request), query, exchange);
  }

  @Sse('api/operations/:id/stream')
  @Requires('read')
  @DocumentOperationStream()
  async stream(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: object,
  ): Promise<Observable<never>> {
    const query = readQuery(LiveQuery, request);
    const exchange = { request, response: response as HostResponse };
    return this.routes.stream(this.#find(request), query, exchange);
  }

  @Get('api/operations/:id/tail')
  @Requires('read')
  @DocumentOperationTail()
  async tail(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(TailQuery, request);
    const operation = this.#find(request);
    const exchange = { request, response: response as HostResponse };
    return this.routes.tail(operation, query, exchange, operation.summary.name);
  }

  @Get('api/operations/:id/export')
  @Requires('export')
  @DocumentOperationExport()
  async export(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(ExportQuery, request);
    const operation = this.#find(request);
    const exchange = { request, response: response as HostResponse };
    return this.routes.export(operation, query, exchange, `log-${operation.summary.id}`);
  }

  @Post('api/operations/:id/cancel')
  @HttpCode(HttpStatus.ACCEPTED)
  @Requires('cancel')
  @DocumentCancel()
  cancel(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    const operation = this.#find(request);
    const isAsked = operation.cancel(admissionOf(request).caller.name);
    const { id, name } = operation.summary;
    this.audit.record(this.audit.by(request), cancelled(id, name, isAsked));
    if (!isAsked) {
      const why = operation.isFinished() ? 'The operation is over.' : 'The operation cannot be cancelled.';
      throw new LogConsoleException(HttpStatus.CONFLICT, why);
    }
    sendJson(response as HostResponse, HttpStatus.ACCEPTED, operation.summary);
  }

  #find({ params }: HttpRequest): OperationSource {
    // Not by @Param(): a pipe of the host would get at it.
    const id = params?.id;
    const operation = typeof id === 'string' ? this.operations.find(id) : undefined;
    if (!operation) throw new LogConsoleException(HttpStatus.NOT_FOUND, NO_OPERATION);
    return operation;
  }
}
