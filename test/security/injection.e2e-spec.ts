import { Logger, type ExecutionContext } from '@nestjs/common';
import { EventSource } from 'eventsource';
import { type LogBatch, type LogEntry, type LogRecord } from 'nestjs-log-console';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { createLogHost, eventually, type LogHost } from '../reading/log-host.js';
import { ADAPTERS } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { fetchSignedIn } from '../support/signed-in-fetch.js';
import { csvRows } from './csv-rows.js';
import { HOSTILE } from './hostile-texts.js';

/** Every part of a record that an application fills. */
const recordOf = (text: string): LogRecord => ({
  level: 'error',
  // Without any, it would get the data.
  message: text === '' ? ' ' : text,
  context: `<${text}>`,
  stack: `Error: ${text}\n    at ${text}`,
  data: { [text]: text, list: [text, { text }] },
  requestId: `r${text}`,
  traceId: `t${text}`,
  operation: `o${text}`,
});
const RECORDS = HOSTILE.map(([, text]) => recordOf(text));

// eslint-disable-next-line no-control-regex
const CONTROL_BUT_LF = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;
// eslint-disable-next-line no-control-regex
const CONTROL_BUT_LF_TAB = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/** What a person sees of a text where control characters are shown, made character by character. */
function shown(text: string): string {
  return Array.from(text.replaceAll('\r\n', '\n'))
    .map((char) => {
      const code = char.charCodeAt(0);
      const isShown = (code < 32 && char !== '\n' && char !== '\t') || (code > 126 && code < 160);
      return isShown ? `\\x${code < 16 ? '0' : ''}${code.toString(16)}` : char;
    })
    .join('');
}

/** An entry as text, and whatever continues its line behind four blanks. */
function textOf({ time, level, context, message, data, stack }: LogEntry): string {
  const line = `${time} ${level.toUpperCase().padStart(7)} [${context}] ${message} ${JSON.stringify(data)}\n${stack}`;
  return shown(line).split('\n').join('\n    ');
}

/** The cell of a text: with an apostrophe where a spreadsheet would see a formula. */
const cellOf = (text = ''): string =>
  (['=', '+', '-', '@', '\t', '\r'].includes(text[0]) ? "'" : '') + shown(text);

describe.each(ADAPTERS)('What is logged stays what it is, on %s', (adapter) => {
  let host: LogHost;
  let after: string;
  /** The entries by the code of the application itself, which no format has touched. */
  let logged: readonly LogEntry[];

  beforeAll(async () => {
    host = await createLogHost(adapter);
    after = await host.now();
    for (const record of RECORDS) host.store.append(record);
    logged = (await host.service.read({ after: after as never, limit: 5000 })).entries;
  });
  afterAll(() => host.close());

  const read = async (path: string): Promise<string> => {
    const { status, text } = await host.ask(`${path}after=${after}`);
    expect(status).toBe(200);
    return text;
  };

  it('T11: one call is one entry, with everything in it', () => {
    expect(logged).toMatchObject(RECORDS);
    expect(logged).toHaveLength(HOSTILE.length);
  });

  it('T10, T11: in the JSON of a poll, without a control character', async () => {
    const text = await read('entries?limit=5000&');
    expect(text).not.toMatch(CONTROL_BUT_LF);
    expect(text).not.toContain('\n');
    expect((JSON.parse(text) as LogBatch).entries).toEqual(logged);
  });

  it('T10, T11: as ndjson, one line each', async () => {
    const text = await read('export?');
    expect(text).not.toMatch(CONTROL_BUT_LF);
    expect(text.endsWith('\n')).toBe(true);
    const lines = text.slice(0, -1).split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(logged);
  });

  it.each(['tail?follow=false&limit=5000&', 'export?format=text&'])(
    'T10, T11: as text, where a line at the margin is an entry: %s',
    async (path) => {
      const text = await read(path);
      expect(text).not.toMatch(CONTROL_BUT_LF_TAB);
      expect(text).toBe(logged.map((entry) => `${textOf(entry)}\n`).join(''));
      const atMargin = text.split('\n').filter((line) => line !== '' && !line.startsWith('    '));
      expect(atMargin).toHaveLength(HOSTILE.length);
      for (const line of atMargin) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z {3}ERROR \[/);
    },
  );

  it('T10: with ansi=sgr as the same text with colours and nothing else, none of which runs on', async () => {
    const text = await read('tail?follow=false&limit=5000&ansi=sgr&');
    // eslint-disable-next-line no-control-regex
    const colour = /\x1b\[[0-9;:]*m/g;
    expect(text.replaceAll(colour, '')).not.toMatch(CONTROL_BUT_LF_TAB);
    expect(text.match(colour)).toContain('\x1b[1;31m');
    const entries = text.split(/\n(?! {4})/);
    expect(entries.filter((entry) => entry !== '')).toHaveLength(HOSTILE.length);
    for (const entry of entries.filter((each) => each.includes('\x1b')))
      expect(entry.endsWith('\x1b[0m')).toBe(true);
  });

  it('T11, T32: as csv, one row of eleven cells each, and no cell is a formula', async () => {
    const text = await read('export?format=csv&');
    expect(text.replaceAll('\r\n', '\n')).not.toMatch(CONTROL_BUT_LF_TAB);
    const [head, ...rows] = csvRows(text);
    expect(head.join()).toBe('id,time,level,context,message,stack,data,requestId,traceId,operation,instance');
    const expected = logged.map((entry) => [
      String(entry.id),
      entry.time,
      'error',
      cellOf(entry.context),
      cellOf(entry.message),
      cellOf(entry.stack),
      cellOf(JSON.stringify(entry.data)),
      cellOf(entry.requestId),
      cellOf(entry.traceId),
      cellOf(entry.operation),
      'web-1',
    ]);
    expect(rows).toEqual(expected);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('T12: to an EventSource, live and as backlog, and no event is forged', async () => {
    const source = new EventSource(`${host.at('stream')}?after=${after}&limit=5000`, {
      fetch: fetchSignedIn,
    });
    const batches: LogBatch[] = [];
    const ids: string[] = [];
    const named: string[] = [];
    source.addEventListener('message', ({ data, lastEventId }) => {
      batches.push(JSON.parse(data as string) as LogBatch);
      ids.push(lastEventId);
    });
    for (const name of ['hello', 'bye', 'cleared', 'store', 'file', 'operation'])
      source.addEventListener(name, () => named.push(name));
    const entries = (): LogEntry[] => batches.flatMap((batch) => [...batch.entries]);
    await eventually(() => entries().length >= HOSTILE.length);
    for (const record of RECORDS) host.store.append(record);
    await eventually(() => entries().length >= 2 * HOSTILE.length);
    source.close();
    expect(entries().slice(0, HOSTILE.length)).toEqual(logged);
    expect(entries()).toMatchObject([...RECORDS, ...RECORDS]);
    expect(ids).toEqual(batches.map(({ next }) => next));
    expect(new Set(ids.map((id) => /^[A-Za-z0-9._-]+$/.test(id)))).toEqual(new Set([true]));
    expect(named).toEqual(['hello']);
  });

  it('T12: on the wire an event is an id and one line of JSON', async () => {
    const reader = await EventReader.open(host.at(`stream?after=${after}&limit=5000`));
    let bytes = '';
    reader.response.on('data', (chunk: string) => (bytes += chunk));
    await reader.until(() => reader.entries.length >= HOSTILE.length);
    reader.close();
    expect(bytes).not.toMatch(CONTROL_BUT_LF);
    for (const line of bytes.split('\n'))
      expect(line).toMatch(/^(|(id|event|retry): [\w.-]+|data: \{.*\})$/s);
  });

  it.each(HOSTILE)('T11: %s is one entry, however the logger is called', async (_what, text) => {
    const from = await host.now();
    const logger = new Logger(text);
    logger.log(text);
    logger.warn(text, { text });
    logger.error(text, `Error: ${text}\n    at f (/x.js:1:1)`);
    logger.fatal(new Error(text));
    logger.debug({ [text]: text });
    const { entries } = await host.entries(`after=${from}`);
    expect(entries.map(({ level }) => level)).toEqual(['log', 'warn', 'error', 'fatal', 'debug']);
    expect(entries[0].message).toBe(text);
    expect(entries[1].data).toEqual({ text });
    expect(entries[4].data).toEqual({ [text]: text });
  });
});

describe.each(ADAPTERS)('Who reads and clears forges nothing either, on %s', (adapter) => {
  let host: LogHost;
  const named = (text: string) => ({ 'x-name': Buffer.from(text).toString('base64url') });

  beforeAll(async () => {
    interface Asking {
      readonly headers: Readonly<Record<string, string | undefined>>;
      user?: { name: string };
    }
    const guard = {
      canActivate: (context: ExecutionContext) => {
        const asking = context.switchToHttp().getRequest<Asking>();
        asking.user = { name: Buffer.from(asking.headers['x-name'] ?? '', 'base64url').toString() };
        return true;
      },
    };
    host = await createLogHost(adapter, {
      access: { tokens: PEOPLE, guards: [guard], role: () => 'operator' },
    });
  });
  afterAll(() => host.close());

  it.each(HOSTILE)('T12: by the name of a user: %s', async (_what, text) => {
    const name = text.slice(0, 128) || 'user';
    const reader = await EventReader.open(host.at('stream?limit=0'));
    let bytes = '';
    reader.response.on('data', (chunk: string) => (bytes += chunk));
    await reader.first('hello');
    new Logger('Shop').log('to be cleared');
    const headers = { ...named(text), 'x-log-console': '1' };
    expect(await request(host.at('entries'), { method: 'DELETE', headers })).toMatchObject({ status: 200 });
    expect((await reader.first('cleared')).data).toMatchObject({ by: name });
    await reader.until(() => reader.messages.some((message) => message.includes(' cleared ')));
    reader.close();
    expect(bytes).not.toMatch(CONTROL_BUT_LF);
    expect(reader.named('bye')).toEqual([]);

    const session = await request(host.at('session'), { headers: named(text) });
    expect(session.text).not.toMatch(CONTROL_BUT_LF);
    expect(session.json).toMatchObject({ user: { name } });
    const tail = await request(host.at('tail?follow=false&level=warn'), { headers: bearer(OPERATOR) });
    expect(tail.text).not.toMatch(CONTROL_BUT_LF_TAB);
    expect(tail.text.split(/\n(?! {4})/).filter((line) => line !== '')).toHaveLength(1);
  });

  it.each(HOSTILE)('T8, T10: by the name of a parameter: %s', async (_what, text) => {
    const query = encodeURIComponent(Buffer.from(text).toString());
    const reply = await host.ask(`entries?${query}=1`);
    expect(reply).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' },
    });
    expect(reply.text).not.toMatch(CONTROL_BUT_LF);
    const { message } = reply.json as { message: string };
    expect(message.split(' is not a parameter here')[0]).toBe(text.slice(0, 64));
  });
});
