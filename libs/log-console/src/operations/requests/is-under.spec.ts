import { isUnder } from './is-under.js';

describe('a request target at a path or below it', () => {
  it.each([
    '/ops/logs',
    '/ops/logs/',
    '/ops/logs/api/entries',
    '/ops/logs?x=1',
    '/ops/logs#x',
    '/OPS/Logs/api',
    'http://shop.example/ops/logs/api',
    'HTTPS://user@shop.example:8443/ops/logs?x',
  ])('%s is', (target) => expect(isUnder('/ops/logs', target)).toBe(true));

  it.each([
    '',
    '*',
    '/',
    '/ops',
    '/ops/logs2',
    '/ops/logs-api',
    '/x/ops/logs',
    '//ops/logs',
    '/?/ops/logs',
    'ops/logs',
    'http://ops/logs',
    'ftp://shop.example/ops/logs',
  ])('%s is not', (target) => expect(isUnder('/ops/logs', target)).toBe(false));
});
