import { Logger } from '@nestjs/common';
import { LOG_LEVELS, type LogConsoleOptions, type LogSink } from 'nestjs-log-console';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, eventually, logLines, type LogHost } from '../reading/log-host.js';
import { bearer, VIEWER } from '../access/people.js';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { readExposition, type Sample } from './exposition.js';

describe.each(ADAPTERS)('GET metrics, on %s', (adapter) => {
  let host: LogHost;
  afterEach(() => host.close());

  const start = async (options: LogConsoleOptions = {}): Promise<LogHost> =>
    (host = await createLogHost(adapter, options));

  async function scrape(): Promise<Sample[]> {
    const reply = await request(host.at('metrics'), { headers: bearer(VIEWER) });
    expect([reply.status, reply.headers['content-type'], reply.headers['cache-control']]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
      'no-store',
    ]);
    return readExposition(reply.text);
  }
  const valueOf = async (name: string, labels: Record<string, string> = {}): Promise<number | undefined> =>
    (await scrape()).find(
      (sample) => sample.name === name && JSON.stringify(sample.labels) === JSON.stringify(labels),
    )?.value;

  it('says what stats says, in the names of Prometheus', async () => {
    const sinks: LogSink[] = [
      { name: 'up', write: () => undefined },
      { name: 'down', level: 'error', write: () => Promise.reject(new Error('never')) },
    ];
    const { service } = await start({ capacity: 30, level: '>=warn', sinks });
    const logger = new Logger('A');
    for (const level of LOG_LEVELS) for (let index = 0; index < 10; index++) logger[level](level);
    logger.warn('password=hunter2-abc');
    await service.clear();
    logger.error('last');
    await eventually(async () => (await service.stats()).sinks.down.state === 'failing');
    await eventually(async () => (await service.stats()).sinks.up.behind === 0);
    const samples = await scrape();
    const stats = await service.stats();
    const byLevel = Object.entries(stats.accepted.byLevel).map(([level, value]) => ({
      name: 'log_console_entries_accepted_total',
      labels: { level },
      value,
    }));
    const ofSinks = (name: string, pick: (sink: (typeof stats.sinks)[string]) => number): Sample[] =>
      Object.entries(stats.sinks).map(([sink, each]) => ({ name, labels: { sink }, value: pick(each) }));
    expect(samples).toEqual([
      {
        name: 'log_console_info',
        labels: { version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string, instance: 'web-1' },
        value: 1,
      },
      ...byLevel,
      { name: 'log_console_entries_below_level_total', labels: {}, value: stats.belowLevel },
      { name: 'log_console_entries_rejected_total', labels: {}, value: stats.rejected },
      { name: 'log_console_entries_suppressed_total', labels: {}, value: stats.suppressed },
      { name: 'log_console_entries_evicted_total', labels: {}, value: stats.evicted },
      { name: 'log_console_entries_cleared_total', labels: {}, value: stats.cleared },
      { name: 'log_console_ring_entries', labels: {}, value: stats.held.entries },
      { name: 'log_console_ring_bytes', labels: {}, value: stats.held.bytes },
      { name: 'log_console_ring_capacity_entries', labels: {}, value: 30 },
      { name: 'log_console_ring_capacity_bytes', labels: {}, value: stats.capacity.bytes },
      { name: 'log_console_readers', labels: { kind: 'stream' }, value: 0 },
      { name: 'log_console_readers', labels: { kind: 'poll' }, value: 0 },
      { name: 'log_console_readers_refused_total', labels: {}, value: 0 },
      ...ofSinks('log_console_sink_written_total', ({ written }) => written),
      ...ofSinks('log_console_sink_filtered_total', ({ filtered }) => filtered),
      ...ofSinks('log_console_sink_dropped_total', ({ dropped }) => dropped),
      ...ofSinks('log_console_sink_behind', ({ behind }) => behind),
      { name: 'log_console_sink_failing', labels: { sink: 'up' }, value: 0 },
      { name: 'log_console_sink_failing', labels: { sink: 'down' }, value: 1 },
      { name: 'log_console_redactions_total', labels: { rule: 'assignment' }, value: 1 },
      { name: 'log_console_operations_running', labels: {}, value: 0 },
    ]);
    const positive = ['belowLevel', 'evicted', 'cleared'] as const;
    expect(positive.filter((name) => stats[name] === 0)).toEqual([]);
    expect(stats.sinks.up.written).toBeGreaterThan(0);
  });

  it('has no number of what there is none of', async () => {
    await start();
    const names = (await scrape()).map(({ name }) => name);
    expect(names).toContain('log_console_ring_entries');
    expect(names.filter((name) => /sink|redactions/.test(name))).toEqual([]);
  });

  it('counts who reads, who found no place, and what runs', async () => {
    const { at, ask, service } = await start({ limits: { streamsPerUser: 1 } });
    const reader = await EventReader.open(at('stream'));
    const { status } = await ask('tail');
    expect(status).toBe(503);
    let finish = (): void => undefined;
    const running = service.start('Import', () => new Promise<void>((resolve) => (finish = resolve)));
    expect(await valueOf('log_console_readers', { kind: 'stream' })).toBe(1);
    expect(await valueOf('log_console_readers_refused_total')).toBe(1);
    expect(await valueOf('log_console_operations_running')).toBe(1);
    finish();
    await running.done;
    reader.close();
    expect(await valueOf('log_console_operations_running')).toBe(0);
    await eventually(async () => (await valueOf('log_console_readers', { kind: 'stream' })) === 0);
  });

  it('has as many lines however many different ones are logged', async () => {
    await start();
    const before = (await scrape()).length;
    for (let index = 0; index < 500; index++) new Logger(`Context ${index}`).log(`line ${index}`);
    logLines(500);
    expect(await scrape()).toHaveLength(before);
  });
});

describe('The reader of the format', () => {
  it.each([
    ['a line that is not ended', '# HELP a A.\n# TYPE a gauge\na 1'],
    ['a number without a type', '# HELP a A.\na 1\n'],
    ['a type without a help', '# TYPE a gauge\na 1\n'],
    ['numbers of another metric', '# HELP a A.\n# TYPE a gauge\nb 1\n'],
    ['a counter of another name', '# HELP a A.\n# TYPE a counter\na 1\n'],
    ['the same twice', '# HELP a A.\n# TYPE a gauge\na{b="1"} 1\na{b="1"} 2\n'],
    ['a quote in a label', '# HELP a A.\n# TYPE a gauge\na{b="1"2"} 1\n'],
    ['what is no number', '# HELP a A.\n# TYPE a gauge\na undefined\n'],
    ['an empty line', '# HELP a A.\n# TYPE a gauge\n\na 1\n'],
  ])('refuses %s', (_what, text) => {
    expect(() => readExposition(text)).toThrow();
  });

  it('takes labels as they were', () => {
    const text = '# HELP a A.\n# TYPE a gauge\na{b="x\\"\\\\\\n",c=""} -1.5e3\na 2\n';
    expect(readExposition(text)).toEqual([
      { name: 'a', labels: { b: 'x"\\\n', c: '' }, value: -1500 },
      { name: 'a', labels: {}, value: 2 },
    ]);
  });
});
