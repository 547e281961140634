import { ConsoleLogger, type ConsoleLoggerOptions } from '@nestjs/common';
import { jest } from '@jest/globals';
import { pino } from 'pino';
import { FORMATS } from './index.js';

/** What ConsoleLogger writes. */
function printed(options: ConsoleLoggerOptions, log: (logger: ConsoleLogger) => void): string[] {
  let text = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      text += String(chunk);
      return true;
    }),
  );
  try {
    log(new ConsoleLogger('Orders', options));
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return text.trimEnd().split('\n');
}

describe.each<[what: string, options: ConsoleLoggerOptions]>([
  ['in colours', { colors: true }],
  ['without colours', { colors: false }],
  ['with the time since the line before', { colors: false, timestamp: true }],
  ['in colours with the time since the line before', { colors: true, timestamp: true }],
  ['with another prefix', { colors: false, prefix: 'My Shop' }],
  ['in JSON', { json: true }],
])('what Nest’s ConsoleLogger prints %s', (_what, options) => {
  const parse = options.json ? FORMATS.json : FORMATS.nest;

  it.each(['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const)('is read: %s', (level) => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const lines = printed(options, (logger) => {
      logger.log('the first');
      logger[level]('Stock of AB-444 is low [1] +5 ms');
    });
    for (const line of lines) {
      const parsed = parse(line);
      expect(parsed).toMatchObject({ context: 'Orders' });
      expect(Date.parse(parsed?.time ?? '')).toBeGreaterThanOrEqual(before);
      expect(Date.parse(parsed?.time ?? '')).toBeLessThanOrEqual(Date.now());
      expect(FORMATS.auto(line)).toEqual(parsed);
    }
    const last = parse(lines.at(-1)!);
    expect(last?.level).toBe(level);
    // eslint-disable-next-line no-control-regex
    expect(last?.message.replace(/\x1b\[[\d;]*m/g, '')).toBe('Stock of AB-444 is low [1] +5 ms');
  });
});

describe('what pino writes', () => {
  const written: string[] = [];
  const logger = pino(
    { level: 'trace', name: 'orders' },
    { write: (line: string) => void written.push(line.trimEnd()) },
  );

  it.each([
    ['trace', 'verbose'],
    ['debug', 'debug'],
    ['info', 'log'],
    ['warn', 'warn'],
    ['error', 'error'],
    ['fatal', 'fatal'],
  ] as const)('is read: %s is %s', (method, level) => {
    const before = Date.now();
    logger[method]({ sku: 'AB-444' }, 'low');
    const parsed = FORMATS.json(written.at(-1)!);
    expect(parsed).toEqual({
      time: parsed?.time,
      level,
      context: 'orders',
      message: 'low',
      data: { sku: 'AB-444' },
    });
    expect(Date.parse(parsed?.time ?? '')).toBeGreaterThanOrEqual(before);
  });

  it('is read: an error', () => {
    const error = new TypeError('broken');
    logger.error(error);
    expect(FORMATS.json(written.at(-1)!)).toMatchObject({
      level: 'error',
      message: 'broken',
      stack: error.stack,
    });
  });
});
