import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN, bearer, OPERATOR, PEOPLE, VIEWER } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { ADAPTERS, createHost } from '../support/host-app.js';
import { request, type Reply } from '../support/http-client.js';
import { createFileHost, plainLines, type FileHost } from './file-host.js';

const READING = ['entries', 'stream', 'tail?follow=false', 'export'];
const UNKNOWN = { statusCode: 404, message: 'There is no file of this id.', error: 'Not Found' };

/** Ids that are none, as they stand in the address; `OUT` is a file that lies outside, `NONE` one that does not. */
const FORGED = [
  'none',
  'APP',
  'app.log',
  'app.',
  'app%20',
  'app%00',
  'app%00.log',
  'app;x=1',
  'app%3bx',
  'app%2f',
  'app%0a',
  '..',
  '.',
  '...',
  '%2e%2e',
  '%252e%252e',
  '..%2f..%2fOUT',
  '..%2F..%2FOUT',
  '%2e%2e%2fOUT',
  '%2E%2E%2FOUT',
  '..%252fOUT',
  '%252e%252e%252fOUT',
  '..%25252fOUT',
  '..%5cOUT',
  '..%255cOUT',
  '..\\OUT',
  '%2fOUT',
  '%2f%2fOUT',
  'file:%2f%2fOUT',
  'logs%2f..%2fOUT',
  '....%2f%2fOUT',
  '..%3b%2fOUT',
  '%ef%bc%8e%ef%bc%8e%ef%bc%8fOUT',
  '%e2%80%a5%2fOUT',
  'logs',
  'logs~',
  'logs~..',
  'logs~..~2FOUT',
  'logs~..~2fOUT',
  'logs~~2E~2E~2FOUT',
  'logs~..%2fOUT',
  'logs~..~252FOUT',
  'logs~sub~2F..~2F..~2FOUT',
  'logs~.~2F..~2FOUT',
  'logs~~2FOUT',
  'logs~..~5COUT',
  'logs~a.log~00',
  'logs~a~00.log',
  'logs~a.log~2F',
  'logs~a.log~2F..~2Fa.log',
  'logs~~61.log',
  'logs~link.log',
  'logs~away~2FOUT',
  'logs~pipe.log',
  'logs~notes.txt',
  'logs~~~OUT',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'x'.repeat(90),
];

/** What neither framework decodes: each refuses it in its own words, before a route is looked for. */
const UNREADABLE = ['%c0%ae%c0%ae%c0%afOUT', '%ff', '%', '%u002e%u002e', '%%32%65OUT', '%e0%80%aeOUT'];

describe.each(ADAPTERS)('T5, T6: Log files and who may not read what, on %s', (adapter) => {
  let host: FileHost;
  beforeAll(async () => {
    host = await createFileHost(adapter, { limits: { streamsPerUser: 3 } });
    host.write('app.log', plainLines(2));
    host.write('logs/a.log', plainLines(2));
    host.write('logs/notes.txt', 'not a log\n');
    host.write('outside/secret.log', 'SECRET\n');
    symlinkSync('../outside/secret.log', join(host.folder, 'logs/link.log'));
    symlinkSync('../outside', join(host.folder, 'logs/away'));
    execFileSync('mkfifo', [join(host.folder, 'logs/pipe.log')]);
  });
  afterAll(() => host.close());

  const ask = (id: string, route = 'entries'): Promise<Reply> => host.ask(`files/${id}/${route}`);
  /** A file that is there and one that is not, in the spelling of the forged id. */
  function spelled(id: string): [there: string, absent: string] {
    const slash = /%25252f|%252f|%2f|%5c|%255c|~2F|~252F|\\/i.exec(id)?.[0] ?? '~2F';
    const path = (name: string): string => [...host.folder.split('/').slice(1), 'outside', name].join(slash);
    return [id.replace('OUT', path('secret.log')), id.replace('OUT', path('absent.log'))];
  }

  it.each(FORGED)('%j is no id: the same 404, whether there is such a file or not', async (id) => {
    for (const route of READING)
      for (const each of spelled(id)) {
        const { status, json, headers } = await ask(each, route);
        expect([each, route, status, json]).toEqual([each, route, 404, UNKNOWN]);
        expect(headers['cache-control']).toBe('no-store');
      }
  });

  it.each(UNREADABLE)('%j is read by nobody', async (id) => {
    const [there, absent] = await Promise.all(spelled(id).map((each) => ask(each)));
    expect([400, 404]).toContain(there.status);
    expect(there.status).toBe(absent.status);
    expect(there.text).not.toContain('SECRET');
  });

  it.each([
    '../app',
    '../../etc/passwd',
    'logs/a.log',
    'logs/../app',
    '/app',
    'app/',
    './app',
    '//etc/passwd',
  ])('%j with a slash of its own is no route', async (path) => {
    const { status, text } = await ask(path);
    expect(status).toBe(404);
    expect(text).not.toContain('line 0');
  });

  it('an id is decoded once, as every parameter', async () => {
    expect(await ask('%61pp')).toMatchObject({ status: 200 });
    expect(await ask('logs%7Ea.log')).toMatchObject({ status: 200 });
    expect(await ask('%2561pp')).toMatchObject({ status: 404 });
  });

  it('lists no link that leads out, no pipe and nothing else that is no log', async () => {
    const { files } = (await host.ask('files')).json as { files: { id: string }[] };
    expect(files.map(({ id }) => id)).toEqual(['app', 'logs~a.log']);
  });

  it('lets operators in, and no viewer', async () => {
    for (const route of ['files', ...READING.map((each) => `files/app/${each}`)]) {
      const as = async (person?: typeof VIEWER) =>
        (await request(host.at(route), { method: 'HEAD', headers: bearer(person) })).status;
      expect([route, await as(), await as(VIEWER), await as(OPERATOR), await as(ADMIN)]).toEqual([
        route,
        401,
        403,
        200,
        200,
      ]);
    }
    const unknown = await request(host.at('files/none/entries'), { headers: bearer(VIEWER) });
    const known = await request(host.at('files/app/entries'), { headers: bearer(VIEWER) });
    expect([unknown.status, unknown.text]).toEqual([403, known.text]);
  });

  it('counts streams of files as those of the log', async () => {
    const readers = await Promise.all(
      ['stream', 'files/app/stream', 'files/logs~a.log/stream'].map((path) =>
        EventReader.open(host.at(path)),
      ),
    );
    await Promise.all(readers.map((reader) => reader.first('hello')));
    for (const route of ['stream', 'tail', 'export', 'entries?wait=1&limit=1&after=14']) {
      const { status, headers } = await ask('app', route);
      expect([route, status, headers['retry-after']]).toEqual([route, 503, '10']);
    }
    for (const reader of readers) reader.close();
    await Promise.all(readers.map((reader) => reader.ended));
  });
});

describe.each(ADAPTERS)('Log files by configuration, on %s', (adapter) => {
  const open: { close: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const host of open.splice(0)) await host.close();
  });

  it('are for the roles that access.abilities names; to download one takes both', async () => {
    const abilities = { files: 'viewer', export: 'admin' } as const;
    const host = await createFileHost(adapter, { access: { tokens: PEOPLE, abilities } });
    open.push(host);
    const as = (person: typeof VIEWER, route: string) => request(host.at(route), { headers: bearer(person) });
    expect((await as(VIEWER, 'files/app/entries')).status).toBe(200);
    expect((await as(ADMIN, 'files/app/export')).status).toBe(200);
    expect(await as(OPERATOR, 'files/app/export')).toMatchObject({
      status: 403,
      json: { message: 'This needs the ability "export"; your role is operator.' },
    });
  });

  it('are none without the option', async () => {
    const host = await createFileHost(adapter, { files: [] });
    open.push(host);
    expect(await host.ask('files')).toMatchObject({ status: 200, json: { files: [] } });
    expect(await host.ask('files/app/entries')).toMatchObject({ status: 404, json: UNKNOWN });
  });

  it('are not there while the console is closed: the answer is that of an unknown route', async () => {
    const host = await createHost(adapter, { options: { files: [{ id: 'app', path: '/etc/passwd' }] } });
    open.push(host);
    for (const path of ['files', 'files/app/entries', 'files/none/entries']) {
      const { status, json } = await request(`${host.url}/log-console/api/${path}`);
      expect([status, json]).toEqual([
        404,
        { statusCode: 404, message: `Cannot GET /log-console/api/${path}`, error: 'Not Found' },
      ]);
    }
  });
});
