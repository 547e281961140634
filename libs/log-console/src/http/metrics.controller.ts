import { Get, HttpStatus, Inject, Req, Res } from '@nestjs/common';
import { type HttpRequest } from '../access/http-request.js';
import { Requires } from '../access/requires.js';
import { LogOperations } from '../domain/log-operations.js';
import { LogStatsProvider } from '../domain/log-stats.js';
import { PACKAGE_VERSION } from '../domain/package-version.js';
import { GuardedController } from './guarded-controller.js';
import { sendBytes, type HostResponse } from './host-response.js';
import { logMetrics } from './log-metrics.js';
import { METRICS_TYPE, metricsText } from './metrics-text.js';
import { OpenStreams } from './open-streams.js';
import { DocumentMetrics, DocumentRoutes } from './openapi/documented-routes.js';
import { readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';
import { ServerFacts } from './server-facts.js';

/** The counters for a monitoring system. */
@GuardedController()
@DocumentRoutes()
export class MetricsController {
  constructor(
    @Inject(LogStatsProvider) private readonly log: LogStatsProvider,
    @Inject(LogOperations) private readonly operations: LogOperations,
    @Inject(OpenStreams) private readonly open: OpenStreams,
    @Inject(ServerFacts) private readonly facts: ServerFacts,
  ) {}

  @Get('api/metrics')
  @Requires('read')
  @DocumentMetrics()
  async metrics(@Req() request: HttpRequest, @Res() response: object): Promise<void> {
    readQuery(NoQuery, request);
    const text = metricsText(
      logMetrics({
        stats: await this.log.stats(),
        refused: this.open.refused,
        operations: this.operations.list().filter(({ state }) => state === 'running').length,
        version: PACKAGE_VERSION,
        instance: this.facts.instance,
      }),
    );
    sendBytes(response as HostResponse, HttpStatus.OK, { 'Content-Type': METRICS_TYPE }, [Buffer.from(text)]);
  }
}
