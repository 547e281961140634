import { HttpCode, HttpStatus, Inject, Post, Req, Res } from '@nestjs/common';
import { sinkTested } from '../access/audit-event.js';
import { Audit } from '../access/audit.js';
import { admissionOf } from '../access/caller.js';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { Requires } from '../access/requires.js';
import { SinkTests } from '../reading/sink-tests.js';
import { GuardedController } from './guarded-controller.js';
import { rawResponse, sendJson, type HostResponse } from './host-response.js';
import { OpenStreams } from './open-streams.js';
import { DocumentRoutes, DocumentSinkTest } from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';

/** The destinations of the log. */
@GuardedController()
@DocumentRoutes()
export class SinksController {
  constructor(
    @Inject(SinkTests) private readonly tests: SinkTests,
    @Inject(OpenStreams) private readonly open: OpenStreams,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Post('api/sinks/:name/test')
  @HttpCode(HttpStatus.OK)
  @Requires('sinks')
  @DocumentSinkTest()
  async test(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    readQuery(NoQuery, request);
    // Not by @Param(): a pipe of the host would get at it.
    const sink = this.tests.find(request.params?.name);
    if (!sink) throw new LogConsoleException(HttpStatus.NOT_FOUND, 'There is nothing of this name to test.');
    if (this.tests.isBusy(sink)) {
      throw new LogConsoleException(
        HttpStatus.TOO_MANY_REQUESTS,
        'One test at a time, and one in a second at most.',
        { 'Retry-After': '1' },
      );
    }
    const abort = new AbortController();
    // Held like a poll: the shutdown does not wait for somebody else's answer.
    const release = this.open.add({ kind: 'polls', end: () => abort.abort() }, admissionOf(request));
    try {
      const result = await this.tests.run(sink, abort.signal);
      this.audit.record(this.audit.by(request), sinkTested(sink.name, result));
      if (!rawResponse(response as HostResponse).destroyed)
        sendJson(response as HostResponse, HttpStatus.OK, result);
    } finally {
      release();
    }
  }
}
