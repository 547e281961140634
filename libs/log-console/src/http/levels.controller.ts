import { Delete, Get, HttpStatus, Inject, Put, Req, Res } from '@nestjs/common';
import { Audit } from '../access/audit.js';
import { levelChanged } from '../access/audit-event.js';
import { admissionOf } from '../access/caller.js';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { Requires } from '../access/requires.js';
import {
  ContextLevels,
  TOO_MANY_LEVELS,
  type ChangedLevel,
  type LevelRequest,
} from '../domain/context-levels.js';
import { contextProblems, levelProblems } from '../domain/level-problems.js';
import { LogInstances } from '../domain/log-instances.js';
import { GuardedController } from './guarded-controller.js';
import { sendJson, type HostResponse } from './host-response.js';
import {
  DocumentLevels,
  DocumentResetLevel,
  DocumentRoutes,
  DocumentSetLevel,
} from './openapi/documented-routes.js';
import { badRequest, readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';

/** What is captured of each context, and changing it for some time. */
@GuardedController()
@DocumentRoutes()
export class LevelsController {
  constructor(
    @Inject(ContextLevels) private readonly levels: ContextLevels,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(LogInstances) private readonly processes: LogInstances,
  ) {}

  @Get('api/levels')
  @Requires('read')
  @DocumentLevels()
  async list(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    readQuery(NoQuery, request);
    const instances = (await this.processes.instances()).instances
      .filter(({ levels }) => levels !== undefined)
      .map(({ name, levels }) => ({ name, levels }));
    const shared = instances.length === 0 ? {} : { instances };
    sendJson(response as HostResponse, HttpStatus.OK, { ...this.levels.list(), ...shared });
  }

  @Put('api/levels/:context')
  @Requires('levels')
  @DocumentSetLevel()
  set(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    // Not by @Param() and @Body(): a pipe of the host would get at them.
    const context = request.params?.context;
    accept(levelProblems(context, request.body));
    const { name } = admissionOf(request).caller;
    const set = this.levels.set(context as string, request.body as LevelRequest, name);
    if (!set) throw new LogConsoleException(HttpStatus.CONFLICT, TOO_MANY_LEVELS);
    this.#answer(request, response, set);
  }

  @Delete('api/levels/:context')
  @Requires('levels')
  @DocumentResetLevel()
  reset(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    const context = request.params?.context;
    accept(contextProblems(context));
    this.#answer(request, response, this.levels.reset(context as string, admissionOf(request).caller.name));
  }

  #answer(request: HttpRequest, response: object, { level, change }: ChangedLevel): void {
    if (change) this.audit.record(this.audit.by(request), levelChanged(change));
    sendJson(response as HostResponse, HttpStatus.OK, level);
  }
}

function accept(problems: string[]): void {
  if (problems.length > 0) throw badRequest(problems);
}
