import { jest } from '@jest/globals';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type TextRedactor } from '../../../domain/text-redactor.js';

const asked: string[] = [];
const counting = Object.fromEntries(
  Object.entries(fs).map(([name, value]) => [
    name,
    typeof value === 'function' &&
    /^(open|opendir|readdir|realpath|stat|lstat|access|readlink|readFile)$/.test(name)
      ? (path: unknown, ...rest: unknown[]): unknown => {
          asked.push(`${name} ${String(path)}`);
          return (value as (...all: unknown[]) => unknown)(path, ...rest);
        }
      : value,
  ]),
);
jest.unstable_mockModule('node:fs/promises', () => counting);
const { FileCatalogue } = await import('./file-catalogue.js');

describe('An id that is none', () => {
  const catalogue = new FileCatalogue(
    [
      { id: 'app', path: '/etc/passwd' },
      { id: 'logs', directory: tmpdir() },
    ],
    { instance: 'web-1', redactor: {} as TextRedactor },
  );
  beforeEach(() => asked.splice(0));

  it.each([
    'none',
    '..',
    '../../etc/passwd',
    '/etc/passwd',
    'app/../../etc/passwd',
    'logs',
    'logs~',
    'logs~..~2F..~2Fetc~2Fpasswd',
    'logs~~2Fetc~2Fpasswd',
    'logs~a~2F..~2F..~2Fetc~2Fpasswd',
    'logs~passwd',
    'logs~.hidden.log',
    'logs~a.log~00',
    'none~a.log',
    'x'.repeat(201),
  ])('is looked for nowhere on the disk: %j', async (id) => {
    expect(await catalogue.find(id)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('is told apart from one that may be: that one is looked for', async () => {
    expect(await catalogue.find('logs~there-is-no-such-file.log')).toBeUndefined();
    expect(asked.length).toBeGreaterThan(0);
  });

  it('needs no look to be a configured file either', async () => {
    expect(await catalogue.find('app')).toBeDefined();
    expect(asked).toEqual([]);
  });
});
