import { rotationSchemes } from './rotated-names.js';

const CASES: readonly (readonly [name: string, rotated: readonly string[], others: readonly string[]])[] = [
  [
    'app.log',
    [
      'app.log.1',
      'app.log.12',
      'app.log-20261119',
      'app.log.2026-11-19',
      'app.log-20261119-101112',
      'app.log.1795162542',
      'app.1.log',
      'app-2026-11-19.log',
      'app.2026-11-19.1.log',
      'app_20261119.log',
      '20261119-1011-01-app.log',
    ],
    [
      'app.log',
      'app.log.gz',
      'app.log.1.gz',
      'app-2.log',
      'app1.log',
      'xapp.log.1',
      'app.log.1.bak',
      'app.log.old.txt',
      'appXlog.1',
      'app-worker.log',
      'app.log.1\n',
    ],
  ],
  [
    'app.3.log',
    ['app.1.log', 'app.2.log', 'app.3.log.1'],
    ['app.3.log', 'app.4.log', 'app.10.log', 'app.log', 'web.1.log'],
  ],
  [
    'app.2026-11-20.2.log',
    ['app.2026-11-20.1.log', 'app.2026-11-19.7.log'],
    ['app.2026-11-20.3.log', 'app.2026-11-21.1.log'],
  ],
  ['access_log', ['access_log.1', 'access_log-20261119'], ['access_log2', 'access.log.1']],
  ['0.log', ['0.log.20261119-101112', '0.log.1'], ['1.log', '0.log.gz']],
  ['web-2.log', ['web-2.log.1'], ['web-1.log']],
];

describe('the names of rotated files', () => {
  it.each(CASES)('of %s', (name, rotated, others) => {
    const schemes = rotationSchemes(name);
    const isRotated = (other: string): boolean => schemes.some(({ has }) => has(other));
    expect(rotated.filter(isRotated)).toEqual(rotated);
    expect(others.filter(isRotated)).toEqual([]);
  });

  it.each([
    ['app.log', ['app.log.10', 'app.log.9', 'app.log.2', 'app.log.1']],
    ['app.log', ['app.log-20261118', 'app.log-20261119', 'app.log-20261119-101112']],
    ['app.log', ['app.2.log', 'app.1.log']],
    ['app.12.log', ['app.2.log', 'app.9.log', 'app.11.log']],
    ['app.2026-11-20.1.log', ['app.2026-11-19.2.log', 'app.2026-11-19.10.log']],
  ])('of %s say which is older: %j', (name, oldestFirst) => {
    const scheme = rotationSchemes(name).find(({ has }) => oldestFirst.every(has));
    expect(oldestFirst.toReversed().sort(scheme?.compare)).toEqual(oldestFirst);
  });
});
