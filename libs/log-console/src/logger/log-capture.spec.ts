import { ConsoleLogger } from '@nestjs/common';
import { type ContextRequest, type LogContext } from '../domain/log-context.js';
import { type LogRecord } from '../domain/log-entry.js';
import { LOG_LEVELS, type LogLevel } from '../domain/log-level.js';
import { LevelTable } from './level-table.js';
import { LogCapture } from './log-capture.js';

function captured(levels?: readonly LogLevel[]): { passed: LogLevel[]; capture: LogCapture } {
  const records: LogRecord[] = [];
  const capture = new LogCapture({ append: (record) => records.push(record) }, new LevelTable(levels));
  for (const level of LOG_LEVELS) capture.append({ level, message: level });
  return { passed: records.map(({ level }) => level), capture };
}

/** Every set of levels, the empty one too. */
const SETS = Array.from({ length: 2 ** LOG_LEVELS.length }, (_, bits) =>
  LOG_LEVELS.filter((_level, index) => bits & (1 << index)),
);

describe('an application’s share of the lines', () => {
  it('is everything when it says nothing', () => {
    expect(captured().passed).toEqual([...LOG_LEVELS]);
  });

  it('is, for any set of levels, what Nest would print with it, and always error and fatal', () => {
    expect(SETS).toHaveLength(64);
    for (const logLevels of SETS) {
      const nest = new ConsoleLogger({ logLevels });
      const expected = LOG_LEVELS.filter(
        (level) => nest.isLevelEnabled(level) || level === 'error' || level === 'fatal',
      );
      expect({ logLevels, passed: captured(logLevels).passed }).toEqual({ logLevels, passed: expected });
    }
  });

  it.each([
    [['warn'], ['warn', 'error', 'fatal']],
    [
      ['debug', 'warn'],
      ['debug', 'warn', 'error', 'fatal'],
    ],
    [['fatal'], ['error', 'fatal']],
    [[], ['error', 'fatal']],
  ] as [LogLevel[], LogLevel[]][])('is for %j: %j', (levels, expected) => {
    expect(captured(levels).passed).toEqual(expected);
  });

  it('is handed on as it is', () => {
    const records: LogRecord[] = [];
    const record: LogRecord = { level: 'log', message: 'text', data: {} };
    new LogCapture({ append: (given) => records.push(given) }).append(record);
    expect(records[0]).toBe(record);
  });

  describe('in a request', () => {
    const request = (isOurs: boolean): ContextRequest => ({
      isOurs,
      method: 'GET',
      path: '/',
      startedAt: 0,
      outcome: {},
    });
    function capturing(context: LogContext | undefined, ownRequests = false) {
      const appended: unknown[][] = [];
      const kept: unknown[][] = [];
      const levels = new LevelTable(['debug', 'log', 'warn']);
      const capture = new LogCapture({ append: (...args) => appended.push(args) }, levels, {
        current: () => context,
        ownRequests,
        keep: (...args) => kept.push(args),
      });
      for (const level of LOG_LEVELS) capture.append({ level, message: level });
      capture.append({ level: 'log', context: 'LogConsole', message: 'ours' });
      const lines = { nameless: levels.of(undefined).lines, ours: levels.of('LogConsole').lines };
      return { appended, kept, stats: capture.stats, lines };
    }

    it('carries what the context has, one object for all, and the request is kept by its id', () => {
      const context = { links: { requestId: 'r' }, request: request(false) };
      const { appended, kept } = capturing(context);
      expect(appended).toHaveLength(6);
      for (const [, links] of appended) expect(links).toBe(context.links);
      expect(kept).toEqual(appended.map(() => ['r', context.request]));
    });

    it('of our own is suppressed and counted, but for what is grave or said by us', () => {
      const context = { links: { requestId: 'r' }, request: request(true) };
      const { appended, kept, stats, lines } = capturing(context);
      expect(appended.map(([record]) => (record as LogRecord).message)).toEqual(['error', 'fatal', 'ours']);
      expect(kept).toHaveLength(3);
      expect(stats).toEqual({ belowLevel: 1, rejected: 0, suppressed: 3 });
      expect(lines).toEqual({ nameless: 2, ours: 1 });
    });

    it('of our own is captured where that is wanted', () => {
      const { appended, stats } = capturing({ request: request(true) }, true);
      expect(appended).toHaveLength(6);
      expect(stats).toEqual({ belowLevel: 1, rejected: 0, suppressed: 0 });
    });
  });

  it('has counts: passed + below level = given, refused by itself', () => {
    const { capture, passed } = captured(['warn']);
    expect(capture.stats).toEqual({ belowLevel: 3, rejected: 0, suppressed: 0 });
    expect(passed).toHaveLength(LOG_LEVELS.length - 3);
    capture.reject();
    capture.reject();
    expect(capture.stats).toEqual({ belowLevel: 3, rejected: 2, suppressed: 0 });
  });
});
