import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readServerFacts } from './server-facts.js';

describe('readServerFacts', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'facts-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const withPackage = (text: string) => {
    writeFileSync(join(directory, 'package.json'), text);
    return readServerFacts('web-1', directory);
  };

  it('tells name and version of the application it runs in', () => {
    expect(withPackage('{"name":"warehouse","version":"3.2.1"}')).toMatchObject({
      name: 'warehouse',
      version: '3.2.1',
      instance: 'web-1',
    });
  });

  it.each(['', 'no JSON', '{"name":5,"version":null}', '[]', '"text"', '7', 'null'])(
    'makes do with the name of the directory when its package.json says %j',
    (text) => {
      expect(withPackage(text)).toMatchObject({ name: basename(directory), version: '0.0.0' });
    },
  );

  it('makes do without a package.json', () => {
    expect(readServerFacts('web-1', directory)).toMatchObject({
      name: basename(directory),
      version: '0.0.0',
    });
  });

  it('knows when the process started, and its time zone', () => {
    const { startedAt, timeZone } = readServerFacts('web-1');
    const started = Date.parse(startedAt);
    expect(new Date(started).toISOString()).toBe(startedAt);
    expect(Math.abs(Date.now() - process.uptime() * 1000 - started)).toBeLessThan(1000);
    expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow();
  });
});
