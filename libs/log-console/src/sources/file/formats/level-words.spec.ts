import { LOG_LEVELS } from '../../../domain/log-level.js';
import { LEVEL_WORDS, levelOfPino, levelOfSeverity, levelOfStatus, levelOfWord } from './level-words.js';

describe('levelOfWord', () => {
  it.each([
    ['verbose', 'trace TRACE verbose Verbose silly'],
    ['debug', 'debug DEBUG'],
    ['log', 'log LOG info INFO Information notice http'],
    ['warn', 'warn WARN warning WARNING'],
    ['error', 'error ERROR err Error severe'],
    ['fatal', 'fatal FATAL crit critical CRITICAL alert emerg panic'],
  ])('%s is also %s', (level, words) => {
    expect(words.split(' ').map(levelOfWord)).toEqual(words.split(' ').map(() => level));
  });

  it('knows Nest’s own six, and no other words', () => {
    expect(LOG_LEVELS.map(levelOfWord)).toEqual(LOG_LEVELS);
    expect(['', 'infos', 'toString', '__proto__', 'x'.repeat(1e6)].map(levelOfWord)).toEqual(
      Array.from({ length: 5 }),
    );
  });

  it('lists a word before the ones it begins with', () => {
    for (const [index, word] of LEVEL_WORDS.entries())
      expect(LEVEL_WORDS.slice(0, index).filter((before) => word.startsWith(before))).toEqual([]);
  });
});

it.each([
  [10, 'verbose'],
  [20, 'debug'],
  [30, 'log'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
  // Levels of one's own, between pino's.
  [0, 'verbose'],
  [29, 'debug'],
  [35, 'log'],
  [59, 'error'],
  [100, 'fatal'],
  [Infinity, 'fatal'],
])('pino’s %d is %s', (number, level) => {
  expect(levelOfPino(number)).toBe(level);
});

it('syslog’s severities are fatal (0–2), error, warn, log (5–6) and debug', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7].map(levelOfSeverity)).toEqual([
    'fatal',
    'fatal',
    'fatal',
    'error',
    'warn',
    'log',
    'log',
    'debug',
  ]);
});

it.each([
  [200, 'log'],
  [302, 'log'],
  [399, 'log'],
  [400, 'warn'],
  [404, 'warn'],
  [499, 'warn'],
  [500, 'error'],
  [599, 'error'],
])('the status %d is %s', (status, level) => {
  expect(levelOfStatus(status)).toBe(level);
});
