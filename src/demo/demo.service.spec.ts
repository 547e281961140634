import type { LogLevel } from '@nestjs/common';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { DemoService } from './demo.service.js';

describe('DemoService', () => {
  const demo = new DemoService();
  let log: CapturedLog;

  beforeEach(() => {
    log = captureLog();
  });

  it.each<LogLevel>(['verbose', 'debug', 'log', 'warn', 'fatal'])('writes one line at %s', (level) => {
    expect(demo.log({ level, message: 'Hello' })).toEqual({ written: 1 });
    expect(log.lines).toEqual([{ level, message: 'Hello', params: [], context: 'Demo' }]);
  });

  it('writes an error without stack as Nest does', () => {
    demo.log({ level: 'error', message: 'Hello', error: false });
    expect(log.lines).toEqual([{ level: 'error', message: 'Hello', params: [undefined], context: 'Demo' }]);
  });

  it('passes context and data on', () => {
    demo.log({ level: 'warn', message: 'Low', context: 'Stock', data: { sku: 'AB-444' } });
    expect(log.lines).toEqual([
      { level: 'warn', message: 'Low', params: [{ sku: 'AB-444' }], context: 'Stock' },
    ]);
  });

  it('attaches the stack of a real error to an error line, after the data', () => {
    demo.log({ level: 'error', message: 'Broken', error: 'No paper', data: { printer: 2 } });
    const [data, stack] = log.lines[0].params;
    expect(data).toEqual({ printer: 2 });
    expect(stack).toMatch(/^Error: No paper\n {4}at /);
  });

  it('attaches the error itself to the other levels', () => {
    demo.log({ level: 'fatal', message: 'Broken', error: true });
    expect(log.lines[0].params).toEqual([new Error('Attached by the demo')]);
  });

  it('writes a burst in one go', () => {
    expect(demo.burst(3)).toEqual({ written: 3 });
    expect(log.messages('log')).toEqual(['Line 1 of 3', 'Line 2 of 3', 'Line 3 of 3']);
  });
});
