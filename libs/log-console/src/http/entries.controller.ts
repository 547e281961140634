import { Delete, Get, HttpStatus, Inject, Req, Res, Sse } from '@nestjs/common';
import { type Observable } from 'rxjs';
import { cleared as clearedEvent, clearFailed } from '../access/audit-event.js';
import { Audit } from '../access/audit.js';
import { admissionOf } from '../access/caller.js';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { Requires } from '../access/requires.js';
import { LogStore } from '../domain/log-source.js';
import { GuardedController } from './guarded-controller.js';
import { sendJson, type HostResponse } from './host-response.js';
import {
  DocumentClear,
  DocumentEntries,
  DocumentExport,
  DocumentRoutes,
  DocumentStream,
  DocumentTail,
} from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { ClearQuery, cursorOf, EntriesQuery, ExportQuery, LiveQuery, TailQuery } from './reading.query.js';
import { SourceRoutes } from './source-routes.js';

/** By name: a store of another copy of the package has classes of its own. */
const NOT_NOW = ['UnknownCursorError', 'StoreAwayError'];

/** The routes of the application's own log. */
@GuardedController()
@DocumentRoutes()
export class EntriesController {
  constructor(
    @Inject(LogStore) private readonly log: LogStore,
    @Inject(SourceRoutes) private readonly routes: SourceRoutes,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Get('api/entries')
  @Requires('read')
  @DocumentEntries()
  entries(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(EntriesQuery, request);
    return this.routes.entries(this.log, query, { request, response: response as HostResponse });
  }

  @Sse('api/stream')
  @Requires('read')
  @DocumentStream()
  stream(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: object,
  ): Promise<Observable<never>> {
    const query = readQuery(LiveQuery, request);
    return this.routes.stream(this.log, query, { request, response: response as HostResponse });
  }

  @Get('api/tail')
  @Requires('read')
  @DocumentTail()
  tail(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(TailQuery, request);
    return this.routes.tail(this.log, query, { request, response: response as HostResponse });
  }

  @Get('api/export')
  @Requires('export')
  @DocumentExport()
  export(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(ExportQuery, request);
    return this.routes.export(this.log, query, { request, response: response as HostResponse });
  }

  @Delete('api/entries')
  @Requires('clear')
  @DocumentClear()
  async clear(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(ClearQuery, request);
    try {
      const cleared = await this.log.clear({
        upTo: cursorOf(query.upTo),
        by: admissionOf(request).caller.name,
      });
      this.audit.record(this.audit.by(request), clearedEvent(cleared.cleared, cleared.upTo));
      sendJson(response as HostResponse, HttpStatus.OK, cleared);
    } catch (error) {
      if (!(error instanceof Error && NOT_NOW.includes(error.name))) throw error;
      this.audit.record(this.audit.by(request), clearFailed(query.upTo));
      throw new LogConsoleException(HttpStatus.CONFLICT, error.message);
    }
  }
}
