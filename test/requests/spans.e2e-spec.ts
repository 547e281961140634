import { Controller, Get, Logger } from '@nestjs/common';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { createRequestHost, type RequestHost } from './request-host.js';

const logger = new Logger('Shop');
const tracer = trace.getTracer('shop');
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

@Controller('shop')
class ShopController {
  @Get()
  async shop(): Promise<object> {
    logger.log('before');
    const ids = await tracer.startActiveSpan('work', async (span) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      logger.log('in a span');
      const inner = tracer.startActiveSpan('deeper', (deeper) => {
        logger.log('in a deeper one');
        deeper.end();
        return deeper.spanContext();
      });
      span.end();
      return { span: span.spanContext(), inner };
    });
    logger.log('after');
    return ids;
  }
}

describe.each(ADAPTERS)("OpenTelemetry's active span, on %s", (adapter) => {
  let host: RequestHost;
  beforeEach(async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(new BasicTracerProvider());
    host = await createRequestHost(adapter, {}, { controllers: [ShopController] });
  });
  afterEach(async () => {
    await host.close();
    context.disable();
    trace.disable();
  });

  it("is the one of the moment a line is written, and wins over the caller's", async () => {
    const { json } = await request(`${host.url}/shop`, {
      headers: { 'x-request-id': 'r-1', traceparent: `00-${TRACE}-${SPAN}-01` },
    });
    type Ids = Record<'traceId' | 'spanId', string>;
    const { span, inner } = json as { span: Ids; inner: Ids };
    expect(span.spanId).not.toBe(inner.spanId);
    const ids = (await host.linesOf('r-1')).map(({ message, traceId, spanId }) => [message, traceId, spanId]);
    expect(ids).toEqual([
      ['before', TRACE, SPAN],
      ['in a span', span.traceId, span.spanId],
      ['in a deeper one', inner.traceId, inner.spanId],
      ['after', TRACE, SPAN],
    ]);
  });

  it('is known outside of requests too, and none is where there is none', async () => {
    const { traceId, spanId } = tracer.startActiveSpan('job', (span) => {
      logger.log('in a job');
      span.end();
      return span.spanContext();
    });
    logger.log('outside');
    expect(await host.lineOf('in a job')).toMatchObject({ traceId, spanId });
    expect(await host.lineOf('in a job')).not.toHaveProperty('requestId');
    expect(await host.lineOf('outside')).not.toHaveProperty('traceId');
  });

  it('that is none loses no line', async () => {
    const none = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };
    context.with(trace.setSpan(context.active(), trace.wrapSpanContext(none)), () => logger.log('no span'));
    const broken = Object.assign(trace.wrapSpanContext(none), {
      spanContext: () => {
        throw new Error('broken');
      },
    });
    context.with(trace.setSpan(context.active(), broken), () => logger.log('a broken span'));
    for (const message of ['no span', 'a broken span']) {
      expect(await host.lineOf(message)).toBeDefined();
      expect(await host.lineOf(message)).not.toHaveProperty('traceId');
    }
  });
});
