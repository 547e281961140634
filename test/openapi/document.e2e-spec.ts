import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { type ValidateFunction } from 'ajv';
import {
  LogConsoleLogger,
  LogConsoleModule,
  type LogRecord,
  type OperationFunction,
} from 'nestjs-log-console';
import { createFileHost, jsonLine, type FileHost } from '../files/file-host.js';
import { ADMIN, bearer, OPERATOR, PEOPLE, VIEWER } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { eventually, logLines } from '../reading/log-host.js';
import { ADAPTERS, createHost } from '../support/host-app.js';
import { request, type Reply } from '../support/http-client.js';
import { strictSchemas } from './strict-schemas.js';

const READING = [
  'level',
  'context',
  'search',
  'requestId',
  'operation',
  'instance',
  'from',
  'to',
  'after',
  'limit',
];

/** Runs until it is asked to stop. */
const stopped: OperationFunction<void> = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped')));
  });

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: {
    readonly type: string;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly pattern?: string;
    readonly enum?: readonly string[];
    readonly format?: string;
    readonly default?: unknown;
  };
}
interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly responses: Record<
    string,
    { description?: string; content?: Record<string, { schema: { $ref?: string } }> }
  >;
}

type RouteRow = [method: string, route: string, query: string[], ok: number, errors: number[], type: string];

/** What else is answered, without a body: to whom comes back after the end. */
const ALSO: Readonly<Record<string, readonly number[]>> = { 'operations/{id}/stream': [204] };

/** Every route of the module: method, path, query parameters, answers. */
const ROUTES: RouteRow[] = [
  ...['', 'files/{id}/', 'operations/{id}/'].flatMap((source): RouteRow[] => {
    const errors = [400, 401, 403, ...(source === '' ? [] : [404]), 429, 503];
    const others = READING.filter((name) => name !== 'limit');
    return [
      ['get', `${source}entries`, [...READING, 'before', 'wait'], 200, errors, 'application/json'],
      [
        'get',
        `${source}export`,
        [...others, 'format'],
        200,
        errors,
        'application/x-ndjson, text/csv, text/plain',
      ],
      ['get', `${source}stream`, READING, 200, errors, 'text/event-stream'],
      [
        'get',
        `${source}tail`,
        [...READING, 'follow', 'ansi', 'format'],
        200,
        errors,
        'text/plain, text/html',
      ],
    ];
  }),
  ['get', 'operations', [], 200, [400, 401, 403, 429], 'application/json'],
  ['get', 'operations/{id}', [], 200, [400, 401, 403, 404, 429], 'application/json'],
  ['post', 'operations/{id}/cancel', [], 202, [400, 401, 403, 404, 409, 429], 'application/json'],
  ['get', 'files', [], 200, [400, 401, 403, 429], 'application/json'],
  ['delete', 'entries', ['upTo'], 200, [400, 401, 403, 409, 429], 'application/json'],
  ['get', 'stats', [], 200, [400, 401, 403, 429], 'application/json'],
  ['get', 'instances', [], 200, [400, 401, 403, 429], 'application/json'],
  ['get', 'levels', [], 200, [400, 401, 403, 429], 'application/json'],
  ['put', 'levels/{context}', [], 200, [400, 401, 403, 409, 429], 'application/json'],
  ['delete', 'levels/{context}', [], 200, [400, 401, 403, 429], 'application/json'],
  ['get', 'requests/{id}', [], 200, [400, 401, 403, 404, 429], 'application/json'],
  ['post', 'redaction/preview', [], 200, [400, 401, 403, 429], 'application/json'],
  ['get', 'session', [], 200, [400, 401, 403, 429], 'application/json'],
  ['post', 'session', [], 200, [400, 401, 403, 429], 'application/json'],
  ['delete', 'session', [], 204, [400, 403], ''],
];

describe.each(ADAPTERS)('the OpenAPI document of a host on %s', (adapter) => {
  let host: FileHost;
  let document: OpenAPIObject;
  let schema: (name: string) => ValidateFunction;
  let running: string;
  beforeAll(async () => {
    host = await createFileHost(adapter, { limits: { entryBytes: 2000, streamsPerUser: 2 } });
    host.write(
      'app.log',
      `first\n${jsonLine({ level: 'error', message: 'm', context: 'A' })}    at f (f.js:1:1)\n`,
    );
    host.write('logs/b.log', 'x\n');
    running = host.service.start('Import', { cancellable: true }, stopped).id;
    const config = new DocumentBuilder().setTitle('A host').addBearerAuth().build();
    document = SwaggerModule.createDocument(host.app, config);
    schema = strictSchemas(document);
  });
  afterAll(() => host.close());

  /** The same with the id of a file, or an operation. */
  const asked = (route: string): string =>
    route
      .replace('operations/{id}', `operations/${running}`)
      .replace('{id}', 'app')
      .replace('{context}', 'A');
  const operation = (method: string, route: string): Operation =>
    (document.paths[`/log-console/api/${route}`] as unknown as Record<string, Operation>)[method];
  const queryOf = ({ parameters = [] }: Operation): readonly Parameter[] =>
    parameters.filter((parameter) => parameter.in === 'query');

  /** Holds an answer to the schema its route documents for its status. */
  function expectDocumented(reply: Reply, method: string, route: string): void {
    const answer = operation(method, route).responses[reply.status];
    expect(answer).toBeDefined();
    const [type, media] = Object.entries(answer.content ?? {})[0];
    expect(reply.headers['content-type']).toBe(`${type}; charset=utf-8`);
    const name = media.schema.$ref?.split('/').at(-1) ?? '';
    const validate = schema(name);
    expect(validate(reply.json) ? [] : validate.errors).toEqual([]);
  }

  it('lists exactly the routes there are: no page, no asset, nothing twice', () => {
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(listed.sort()).toEqual(
      ROUTES.map(([method, route]) => `${method} /log-console/api/${route}`).sort(),
    );
    const ids = ROUTES.map(([method, route]) => operation(method, route).operationId);
    expect(new Set(ids).size).toBe(ROUTES.length);
  });

  describe.each(ROUTES)('%s %s', (method, route, query, ok, errors, type) => {
    it('says what it is for, needs a sign-in, and lists every answer', () => {
      const { summary, tags, security, responses } = operation(method, route);
      expect(summary).toBeTruthy();
      expect(tags).toEqual(['Log console']);
      expect(security).toEqual([{ bearer: [] }]);
      const expected = [ok, ...errors, ...(ALSO[route] ?? [])];
      expect(Object.keys(responses).map(Number).sort()).toEqual(expected.sort());
      for (const { description } of Object.values(responses)) expect(description).toBeTruthy();
      expect(Object.keys(responses[ok].content ?? {})).toEqual(type === '' ? [] : type.split(', '));
      for (const status of errors)
        expect(responses[status].content?.['application/json'].schema.$ref).toBe(
          '#/components/schemas/LogConsoleError',
        );
    });

    it('lists exactly the parameters the server accepts, all optional and described', async () => {
      const documented = queryOf(operation(method, route));
      expect(documented.map(({ name }) => name).sort()).toEqual([...query].sort());
      for (const { required, description } of documented) {
        expect(required).toBe(false);
        expect(description).toBeTruthy();
      }
      const { json } = await request(host.at(`${asked(route)}?nonsense=1`), {
        method: method.toUpperCase(),
        headers: bearer(ADMIN),
      });
      const { message } = json as { message: string };
      const accepted = /accepted: (.*)\.$/.exec(message)?.[1] ?? '';
      expect(accepted.split(', ').sort()).toEqual(query.length === 0 ? ['none'] : [...query].sort());
    });

    it('documents the bounds the server keeps', async () => {
      const status = async (name: string, value: string): Promise<number> => {
        const path = `${asked(route)}?${name}=${encodeURIComponent(value)}`;
        return (await host.ask(path, /(stream|tail)$/.test(route) ? 'HEAD' : method.toUpperCase())).status;
      };
      for (const { name, schema: rule } of queryOf(operation(method, route)).filter(
        ({ name }) => name !== 'wait',
      )) {
        const right = [rule.minimum, rule.maximum].filter((value) => value !== undefined).map(String);
        const wrong: string[] = [];
        if (rule.minimum !== undefined) wrong.push(String(rule.minimum - 1));
        if (rule.maximum !== undefined) wrong.push(String(rule.maximum + 1));
        if (rule.maxLength !== undefined) {
          right.push('x'.repeat(rule.maxLength));
          wrong.push('x'.repeat(rule.maxLength + 1));
        }
        if (rule.minLength !== undefined) wrong.push('');
        if (rule.enum) right.push(...rule.enum);
        if (rule.type === 'boolean') right.push('false');
        if (rule.format === 'date-time') right.push('2026-11-20T08:15:42.113Z');
        if (rule.pattern !== undefined) {
          const pattern = new RegExp(rule.pattern);
          for (const text of ['e-1', 'a.b_C-0', '17']) {
            expect(pattern.test(text)).toBe(true);
            if (name !== 'upTo') right.push(text);
          }
          wrong.push(...['', 'x', '-1', '1.5', '01', 'e-'].filter((text) => !pattern.test(text)));
          expect(wrong).toHaveLength(6);
        }
        for (const value of right)
          expect(`${name}=${value} ${await status(name, value)}`).toBe(`${name}=${value} 200`);
        for (const value of wrong)
          expect(`${name}=${value} ${await status(name, value)}`).toBe(`${name}=${value} 400`);
      }
    });
  });

  it.each(['stream', 'files/{id}/stream', 'operations/{id}/stream'])(
    'documents Last-Event-ID as an optional header of %s',
    (route) => {
      const headers = operation('get', route).parameters?.filter((parameter) => parameter.in === 'header');
      expect(headers).toMatchObject([{ name: 'Last-Event-ID', required: false }]);
    },
  );

  it('documents the ids of files, operations and requests, and contexts, and nothing else, as a part of the path', () => {
    const ids = {
      files: { type: 'string', pattern: '^[A-Za-z0-9._~-]{1,200}$' },
      operations: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
      requests: { type: 'string', minLength: 1, maxLength: 128 },
      levels: { type: 'string', minLength: 1, maxLength: 200 },
    };
    for (const [method, route] of ROUTES) {
      const inPath =
        operation(method, route).parameters?.filter((parameter) => parameter.in === 'path') ?? [];
      const schema = ids[route.split('/')[0] as keyof typeof ids];
      const name = /\{(\w+)\}/.exec(route)?.[1];
      const documented = { name, required: true, schema };
      expect([route, inPath]).toEqual([
        route,
        name === undefined ? [] : [expect.objectContaining(documented)],
      ]);
    }
  });

  describe('holds for what the server really answers', () => {
    const records: [string, LogRecord][] = [
      [
        'an error with its stack',
        { level: 'error', message: 'broken', context: 'A', stack: new Error('x').stack ?? '' },
      ],
      [
        'data that is an object',
        { level: 'warn', message: 'm', data: { a: [1, { b: null }], 'ü\n': '\x1b' } },
      ],
      ['data that is an array', { level: 'log', message: 'm', data: [1, 'two', null, { three: 3 }] }],
      ['data that is a text', { level: 'log', message: 'm', data: 'text' }],
      ['data that is a number', { level: 'log', message: 'm', data: -1.5e300 }],
      ['data that is true', { level: 'log', message: 'm', data: true }],
      ['data that is null', { level: 'log', message: 'm', data: null }],
      ['a text that was cut', { level: 'fatal', message: 'x'.repeat(10_000) }],
      [
        'every link',
        {
          level: 'verbose',
          message: '',
          requestId: 'r',
          traceId: 't',
          spanId: 's',
          operation: 'o',
          instance: 'web-2',
          continues: true,
        },
      ],
    ];

    it.each(records)('an entry with %s', async (_what, record) => {
      host.store.append(record);
      const reply = await host.ask('entries?limit=1');
      expectDocumented(reply, 'get', 'entries');
      const [entry] = (reply.json as { entries: object[] }).entries;
      const validate = schema('LogConsoleEntry');
      expect(validate(entry) ? [] : validate.errors).toEqual([]);
      for (const key of Object.keys(record)) expect(entry).toHaveProperty(key);
    });

    it('batches: with a gap, empty, filtered, backwards', async () => {
      logLines(3);
      for (const query of [
        '',
        'limit=0',
        'after=earlier-1',
        'before=earlier-5',
        'level=fatal',
        'after=0&limit=1',
        'wait=0.01&search=nothing',
      ])
        expectDocumented(await host.ask(`entries?${query}`), 'get', 'entries');
    });

    it('files: the list, batches, one that is missing and one that nobody knows', async () => {
      const list = await host.ask('files');
      expect((list.json as { files: object[] }).files).toHaveLength(2);
      expectDocumented(list, 'get', 'files');
      const route = 'files/{id}/entries';
      for (const query of ['', 'limit=0', 'after=0', 'after=other-1', 'before=other-1', 'level=error'])
        expectDocumented(await host.ask(`files/app/entries?${query}`), 'get', route);
      const [plain, error] = (await host.batch()).entries;
      expect([Object.keys(plain).includes('time'), error]).toMatchObject([
        false,
        { stack: '    at f (f.js:1:1)' },
      ]);
      rmSync(join(host.folder, 'logs/b.log'));
      rmSync(join(host.folder, 'app.log'));
      expectDocumented(await host.ask('files'), 'get', 'files');
      expectDocumented(await host.ask('files/app/entries'), 'get', route);
      mkdirSync(join(host.folder, 'app.log'));
      const unavailable = await host.ask('files');
      expect(unavailable.json).toMatchObject({ files: [{ id: 'app', state: 'unavailable' }] });
      expectDocumented(unavailable, 'get', 'files');
      const unknown = await host.ask('files/none/entries');
      expect(unknown.status).toBe(404);
      for (const name of ['entries', 'stream', 'tail', 'export'])
        expectDocumented(await host.ask(`files/none/${name}`), 'get', `files/{id}/${name}`);
    });

    it('operations: every state there is, one that is cancelled, one that cannot be, one that nobody knows', async () => {
      const { service } = host;
      const parent = service.start(
        'Outer',
        { by: 'operator-1', data: { of: ['it'] } },
        async ({ progress }) => {
          progress(1, 3);
          await service.operation('Inner', async () => new Logger('Inner').warn('inside'));
          await service.operation('Counting', async (inner) => inner.progress(0.5));
          throw new TypeError('broken');
        },
      );
      await parent.done.catch(() => undefined);
      const stopping = service.start('Stopping', { cancellable: true }, stopped);
      const route = 'operations/{id}';
      const cancel = (id: string) => host.ask(`operations/${id}/cancel`, 'POST');
      const cancelled = await cancel(stopping.id);
      expect(cancelled.status).toBe(202);
      expectDocumented(cancelled, 'post', `${route}/cancel`);
      await stopping.done.catch(() => undefined);
      const list = await host.ask('operations');
      const { operations } = list.json as { operations: { id: string; state: string }[] };
      expect(operations.map(({ state }) => state)).toEqual(['running', 'cancelled', 'failed', 'ok', 'ok']);
      expectDocumented(list, 'get', 'operations');
      for (const { id } of operations) expectDocumented(await host.ask(`operations/${id}`), 'get', route);
      expectDocumented(await host.ask(`operations/${operations[3].id}/entries`), 'get', `${route}/entries`);
      const over = await cancel(stopping.id);
      expect(over.status).toBe(409);
      expectDocumented(over, 'post', `${route}/cancel`);
      for (const name of ['', '/entries', '/stream', '/tail', '/export'])
        expectDocumented(await host.ask(`operations/none${name}`), 'get', `${route}${name}`);
      expectDocumented(await cancel('none'), 'post', `${route}/cancel`);
      const reader = await EventReader.open(host.at(`operations/${parent.id}/stream`));
      const { data } = await reader.first('operation');
      const validate = schema('LogConsoleOperation');
      expect(validate(data) ? [] : validate.errors).toEqual([]);
      await reader.ended;
    });

    it('levels: all, one that is set, one that is reset, one that is refused', async () => {
      const change = (method: string, body?: object) =>
        request(host.at('levels/Orders'), { method, headers: bearer(ADMIN), ...(body && { body }) });
      const route = 'levels/{context}';
      const set = await change('PUT', { level: 'warn', ttlSeconds: 60, reason: 'noise' });
      expect(set.json).toMatchObject({ configured: 'warn', reason: 'noise' });
      expectDocumented(set, 'put', route);
      host.app.get(LogConsoleLogger).log('a line', 'x'.repeat(201));
      const all = await host.ask('levels');
      expect(all.json).toMatchObject({ contexts: { Orders: { setBy: 'admin-1' } }, others: { lines: 1 } });
      expectDocumented(all, 'get', 'levels');
      expectDocumented(await change('DELETE'), 'delete', route);
      const refused = await change('PUT', { level: 'off', ttlSeconds: 0 });
      expect(refused.status).toBe(400);
      expectDocumented(refused, 'put', route);
    });

    it('a clear, the counters, the session', async () => {
      expectDocumented(await host.ask('entries', 'DELETE'), 'delete', 'entries');
      expectDocumented(await host.ask('stats'), 'get', 'stats');
      expectDocumented(await host.ask('session'), 'get', 'session');
      const text = { text: 'password=abc123' };
      const preview = await request(host.at('redaction/preview'), {
        method: 'POST',
        headers: bearer(ADMIN),
        body: text,
      });
      expect(preview.json).toMatchObject({ matches: [{ rule: 'assignment' }] });
      expectDocumented(preview, 'post', 'redaction/preview');
      expectDocumented(await host.ask('session', 'POST'), 'post', 'session');
      expect(await host.ask('session', 'DELETE')).toMatchObject({ status: 204, text: '' });
    });

    it('errors: 400 with one and with several messages, 401, 403, 409, 503', async () => {
      const as = (person?: typeof VIEWER) => ({ headers: bearer(person) });
      const routes = ROUTES.filter(([method]) => method === 'get').map(([, route]) => route);
      for (const route of routes) {
        expectDocumented(await host.ask(`${asked(route)}?x=1`), 'get', route);
        expectDocumented(await host.ask(`${asked(route)}?x=1&y=2`), 'get', route);
        const anonymous = await request(host.at(asked(route)), as());
        expect(anonymous.status).toBe(401);
        expectDocumented(anonymous, 'get', route);
      }
      const clear = (person: typeof VIEWER, query = '') =>
        request(`${host.at('entries')}${query}`, { method: 'DELETE', ...as(person) });
      const [forbidden, conflict] = [await clear(VIEWER), await clear(OPERATOR, '?upTo=earlier-1')];
      expect([forbidden.status, conflict.status]).toEqual([403, 409]);
      for (const reply of [forbidden, conflict]) expectDocumented(reply, 'delete', 'entries');

      const readers = [await EventReader.open(host.at('stream')), await EventReader.open(host.at('stream'))];
      for (const route of ['entries?wait=1', 'stream', 'tail']) {
        const full = await host.ask(route);
        expect(full.status).toBe(503);
        expectDocumented(full, 'get', route.split('?')[0]);
      }
      readers.forEach((reader) => reader.close());
      await eventually(async () => (await host.service.stats()).readers.streams === 0);
    });

    it('429 for too many wrong tokens', async () => {
      const guess = () => request(host.at('stats'), { headers: { authorization: 'Bearer wrong' } });
      let reply = await guess();
      for (let guesses = 1; reply.status === 401 && guesses < 20; guesses++) reply = await guess();
      expect(reply.status).toBe(429);
      expectDocumented(reply, 'get', 'stats');
    });

    it('the unnamed events of the stream', async () => {
      const reader = await EventReader.open(host.at('stream?limit=5'));
      const { data } = await reader.first('message');
      const validate = schema('LogConsoleBatch');
      expect(validate(data) ? [] : validate.errors).toEqual([]);
      expect(operation('get', 'stream').responses[200].content).toHaveProperty(['text/event-stream']);
      reader.close();
    });
  });
});

describe.each(ADAPTERS)('a host on %s that does not want them listed', (adapter) => {
  it('has none of our routes and schemas in its document, and the routes as before', async () => {
    const host = await createHost(adapter, {
      console: LogConsoleModule.forRoot({ openapi: false, forward: false, access: { tokens: PEOPLE } }),
    });
    const document = SwaggerModule.createDocument(host.app, new DocumentBuilder().build());
    expect(document.paths).toEqual({});
    expect(document.components?.schemas).toEqual({});
    const reply = await request(`${host.url}/log-console/api/stats`, { headers: bearer(OPERATOR) });
    expect(reply.status).toBe(200);
    await host.close();
  });
});
