import { Get, HttpStatus, Inject, Req, Res, Sse } from '@nestjs/common';
import { type Observable } from 'rxjs';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { Requires } from '../access/requires.js';
import { LogFiles } from '../domain/log-files.js';
import { type LogSource } from '../domain/log-source.js';
import { GuardedController } from './guarded-controller.js';
import { sendJson, type HostResponse } from './host-response.js';
import {
  DocumentFileEntries,
  DocumentFileExport,
  DocumentFiles,
  DocumentFileStream,
  DocumentFileTail,
  DocumentRoutes,
} from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { EntriesQuery, ExportQuery, LiveQuery, NoQuery, TailQuery } from './reading.query.js';
import { SourceRoutes } from './source-routes.js';

/** The routes of the configured log files: those of the log, for each of them. What is asked for is an id, never a path. */
@GuardedController()
@DocumentRoutes()
export class FilesController {
  constructor(
    @Inject(LogFiles) private readonly files: LogFiles,
    @Inject(SourceRoutes) private readonly routes: SourceRoutes,
  ) {}

  @Get('api/files')
  @Requires('files')
  @DocumentFiles()
  async list(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    readQuery(NoQuery, request);
    sendJson(response as HostResponse, HttpStatus.OK, { files: await this.files.list() });
  }

  @Get('api/files/:id/entries')
  @Requires('files')
  @DocumentFileEntries()
  async entries(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(EntriesQuery, request);
    const { id, file } = await this.#find(request);
    return this.routes.entries(file, query, { request, response: response as HostResponse, file: id });
  }

  @Sse('api/files/:id/stream')
  @Requires('files')
  @DocumentFileStream()
  async stream(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: object,
  ): Promise<Observable<never>> {
    const query = readQuery(LiveQuery, request);
    const { id, file } = await this.#find(request);
    return this.routes.stream(file, query, { request, response: response as HostResponse, file: id });
  }

  @Get('api/files/:id/tail')
  @Requires('files')
  @DocumentFileTail()
  async tail(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(TailQuery, request);
    const { id, file } = await this.#find(request);
    const exchange = { request, response: response as HostResponse, file: id };
    return this.routes.tail(file, query, exchange, id);
  }

  // Who may not download the log may not download it from its file either.
  @Get('api/files/:id/export')
  @Requires('files', 'export')
  @DocumentFileExport()
  async export(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    const query = readQuery(ExportQuery, request);
    const { id, file } = await this.#find(request);
    const exchange = { request, response: response as HostResponse, file: id };
    return this.routes.export(file, query, exchange, `log-${id}`);
  }

  async #find({ params }: HttpRequest): Promise<{ id: string; file: LogSource }> {
    // Not by @Param(): a pipe of the host would get at it.
    const id = params?.id;
    const file = typeof id === 'string' ? await this.files.find(id) : undefined;
    if (!file) throw new LogConsoleException(HttpStatus.NOT_FOUND, 'There is no file of this id.');
    return { id: id as string, file };
  }
}
