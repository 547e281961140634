import { HttpStatus, Inject, Injectable, Logger } from '@nestjs/common';
import { pipeline } from 'node:stream/promises';
import { EMPTY, Observable } from 'rxjs';
import {
  exported,
  streamClosed,
  streamOpened,
  type AuditedQuery,
  type AuditedSource,
} from '../access/audit-event.js';
import { Audit } from '../access/audit.js';
import { admissionOf } from '../access/caller.js';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { type Cursor } from '../domain/cursor.js';
import { summaryOf } from '../domain/log-operations.js';
import { LogStore, type LogSource } from '../domain/log-source.js';
import { backlogStart } from '../reading/follow.js';
import { poll } from '../reading/poll.js';
import { readHeld } from '../reading/read-held.js';
import { batchJson } from './batch-json.js';
import { CONSOLE_PAGE } from './console-assets.generated.js';
import { closeAfterFinish } from './close-after-finish.js';
import { cutOff } from './cut-off.js';
import { EXPORT_FORMATS, exportText, type ExportFormat } from './export-format.js';
import { ExportProgress } from './export-progress.js';
import { rawResponse, sendBytes, takeOver, type HostResponse } from './host-response.js';
import { htmlFormat } from './html-format.js';
import { UNHELD, type LiveFormat } from './live-format.js';
import { LiveResponse, STALLED_MS } from './live-response.js';
import { OpenStreams } from './open-streams.js';
import { badRequest } from './read-query.js';
import {
  cursorOf,
  filterOf,
  limitOf,
  type EntriesQuery,
  type ExportQuery,
  type LiveQuery,
  type TailQuery,
} from './reading.query.js';
import { ServerFacts } from './server-facts.js';
import { sseFormat } from './sse-format.js';
import { placeOf, resumeCursor } from './starting-place.js';
import { textFormat } from './text-format.js';

/** Entries of one download at most. */
const MAX_EXPORT = 100_000;
const logger = new Logger('LogConsole');

/** One request and where its answer goes. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly response: HostResponse;
  /** The id of the file that is read, where it is one. */
  readonly file?: string;
}

/** The reading routes of any source: poll, stream, tail, export. */
@Injectable()
export class SourceRoutes {
  constructor(
    @Inject(LogStore) private readonly log: LogStore,
    @Inject(OpenStreams) private readonly open: OpenStreams,
    @Inject(ServerFacts) private readonly facts: ServerFacts,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  /** `GET entries`: one batch; with `wait` the answer is held until there is something to say. */
  async entries(source: LogSource, query: EntriesQuery, exchange: Exchange): Promise<void> {
    const { request, response, file } = exchange;
    const after = cursorOf(query.after);
    const before = cursorOf(query.before);
    if (after && before) throw badRequest(['after and before cannot be given together; give one of them.']);
    if (file !== undefined) this.audit.fileOpened(request, file, 'entries', true);
    const read = { after, before, limit: limitOf(query), filter: filterOf(query) };
    const waitMs = Number(query.wait ?? 0) * 1000;
    const batch = waitMs > 0 ? await this.#wait(source, read, waitMs, exchange) : await source.read(read);
    if (!rawResponse(response).destroyed) {
      sendBytes(
        response,
        HttpStatus.OK,
        { 'Content-Type': 'application/json; charset=utf-8' },
        batchJson(batch),
      );
    }
  }

  /** `GET stream`: an Observable that emits nothing; while it is subscribed our frames go onto the response Nest opened. */
  async stream(source: LogSource, query: LiveQuery, exchange: Exchange): Promise<Observable<never>> {
    const { request, response } = exchange;
    if (request.method === 'HEAD') return EMPTY;
    const raw = rawResponse(response);
    const resumed = resumeCursor(request);
    // An EventSource takes this, and this only, for "do not come again".
    if (resumed !== undefined && (await isReadToItsEnd(source, resumed)))
      throw new LogConsoleException(HttpStatus.NO_CONTENT, 'There is nothing more to come.');
    const live = await this.#live(raw, source, query, resumed ?? cursorOf(query.after), sseFormat);
    // Nest does not subscribe for a client that has left meanwhile.
    if (raw.destroyed) return EMPTY;
    const release = this.#open(live, 'stream', query, exchange);
    raw.once('close', release);
    return new Observable<never>((subscriber) => {
      let isOver = false;
      const run = async (): Promise<void> => {
        await headersSent(raw);
        await live.run(await this.#hello(live));
      };
      run()
        .finally(() => {
          isOver = true;
          release();
          closeAfterFinish(raw);
        })
        .then(
          () => subscriber.complete(),
          (error: unknown) => subscriber.error(error),
        );
      return () => {
        live.leave();
        // A host that ends it (a timeout) would have Nest write an event with an id that is none of ours.
        if (!isOver) raw.destroy();
      };
    });
  }

  /** `GET tail`: the same as text, for `curl -N` or a browser tab. `title`: what a page is called. */
  async tail(
    source: LogSource,
    query: TailQuery,
    exchange: Exchange,
    title = `Log of ${this.facts.name}`,
  ): Promise<void> {
    const { request, response } = exchange;
    const isHead = request.method === 'HEAD';
    const keepsFollowing = query.follow !== 'false' && !isHead;
    if (query.format === 'html' && query.ansi)
      throw badRequest(['ansi and format=html cannot be given together: a page has colours of its own.']);
    const format = query.format === 'html' ? htmlFormat(title) : textFormat(query.ansi);
    const raw = rawResponse(response);
    const live = await this.#live(raw, source, query, cursorOf(query.after), format, keepsFollowing);
    // One that ends by itself takes a slot too: a client that does not read it would hold up the shutdown.
    const release = isHead ? () => undefined : this.#open(live, 'tail', query, exchange);
    takeOver(response).writeHead(HttpStatus.OK, { ...UNHELD, ...format.headers });
    raw.flushHeaders();
    writeOn(raw, async () => {
      try {
        if (!isHead) await live.run(format.head);
      } finally {
        release();
      }
      if (keepsFollowing) closeAfterFinish(raw);
      if (!raw.destroyed && !raw.writableEnded) raw.end(isHead ? '' : format.foot);
    });
  }

  /**
   * `GET export`: everything that matches, as a download. One that is cut off is cut in mid-answer, and so visibly.
   * `name`: what the file is called, before the process and the time.
   */
  async export(
    source: LogSource,
    query: ExportQuery,
    { request, response, file }: Exchange,
    name = 'log',
  ): Promise<void> {
    const format = EXPORT_FORMATS[query.format ?? 'ndjson'];
    const raw = rawResponse(response);
    const abort = new AbortController();
    const end = (): void => {
      cutOff(raw);
      abort.abort();
    };
    const release = this.open.add({ kind: 'streams', end }, admissionOf(request));
    takeOver(response).writeHead(HttpStatus.OK, {
      'Content-Type': format.type,
      'Content-Disposition': `attachment; filename="${this.#fileName(name, format)}"`,
    });
    raw.setTimeout(STALLED_MS, end);
    if (request.method !== 'HEAD' && file !== undefined) this.audit.fileOpened(request, file, 'export');
    const visitor = this.audit.by(request);
    const progress = new ExportProgress(() => !raw.destroyed);
    const held = { after: cursorOf(query.after), filter: filterOf(query), maxEntries: MAX_EXPORT };
    writeOn(raw, async () => {
      let isWhole = false;
      try {
        if (request.method === 'HEAD') raw.end();
        else {
          const texts = exportText(progress.pages(readHeld(source, held)), format);
          await pipeline(progress.texts(texts), raw, { signal: abort.signal });
        }
        isWhole = true;
      } catch {
        // The client left or took nothing for too long, the source failed, or the server shuts down.
        cutOff(raw);
      } finally {
        release();
        if (request.method !== 'HEAD') {
          const { count, bytes } = progress;
          this.audit.record(visitor, exported(what(source, file), given(query), { count, bytes, isWhole }));
        }
      }
    });
  }

  /** Takes a slot for a live answer and tells the audit trail; returns how to give it back, when the trail is told what it gave. */
  #open(
    live: LiveResponse,
    route: 'stream' | 'tail',
    query: LiveQuery,
    { request, file }: Exchange,
  ): () => void {
    const release = this.open.add(live, admissionOf(request));
    if (file !== undefined) this.audit.fileOpened(request, file, route, !live.request.keepsFollowing);
    // What ends by itself is a poll.
    if (!live.request.keepsFollowing) return release;
    const visitor = this.audit.by(request);
    const source = what(live.request.source, file);
    const began = performance.now();
    let isOver = false;
    this.audit.record(visitor, streamOpened(source, route, given(query)));
    return () => {
      release();
      if (isOver) return;
      isOver = true;
      const seconds = Math.round((performance.now() - began) / 100) / 10;
      this.audit.record(visitor, streamClosed(source, route, live.account, seconds));
    };
  }

  #fileName(name: string, { extension }: ExportFormat): string {
    const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
    return `${name}-${this.facts.instance}-${time}Z.${extension}`;
  }

  async #wait(
    source: LogSource,
    read: Parameters<typeof poll>[1],
    waitMs: number,
    { request, response }: Exchange,
  ): ReturnType<typeof poll> {
    const abort = new AbortController();
    const stop = (): void => abort.abort();
    const release = this.open.add({ kind: 'polls', end: stop }, admissionOf(request));
    const raw = rawResponse(response);
    raw.once('close', stop);
    if (raw.destroyed) stop();
    try {
      return await poll(source, read, { waitMs, signal: abort.signal });
    } finally {
      raw.off('close', stop);
      release();
    }
  }

  async #live(
    raw: ReturnType<typeof rawResponse>,
    source: LogSource,
    query: LiveQuery,
    after: Cursor | undefined,
    format: LiveFormat,
    keepsFollowing = true,
  ): Promise<LiveResponse> {
    const filter = filterOf(query);
    const place =
      after === undefined ? await backlogStart(source, limitOf(query), filter) : await placeOf(source, after);
    const newest = async (): Promise<Cursor> => (await source.read({ limit: 0 })).next;
    return new LiveResponse(raw, {
      source,
      format,
      place,
      // `0` stands for a place that is known now: what is evicted from here on is told.
      after: after === undefined || after === '0' ? place : after,
      filter,
      keepsFollowing,
      newest,
    });
  }

  async #hello({ request: { source, format, place } }: LiveResponse): Promise<string | undefined> {
    if (!format.hello) return undefined;
    const { instance, startedAt } = this.facts;
    const { epoch, next: newest } = await source.read({ limit: 0 });
    const { next: oldest } = await source.read({ after: '0' as Cursor, limit: 0 });
    const { store } = await this.log.stats();
    const uiVersion = CONSOLE_PAGE.version;
    return format.hello({ place, epoch, instance, startedAt, oldest, newest, uiVersion, store });
  }
}

function what(source: LogSource, file: string | undefined): AuditedSource {
  const operation = summaryOf(source)?.id;
  return { ...(file !== undefined && { file }), ...(operation !== undefined && { operation }) };
}

/** The parameters that were given; undefined where there were none. */
function given(query: object): AuditedQuery | undefined {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/** Whether somebody who was here has seen everything there will ever be. */
async function isReadToItsEnd(source: LogSource, place: Cursor): Promise<boolean> {
  return source.isFinished?.() === true && (await source.read({ after: place, limit: 1 })).next === place;
}

/**
 * Writes a body after the handler has returned: a host that gives up on a slow handler (a timeout) would end the
 * answer as if all had been said.
 */
function writeOn(raw: ReturnType<typeof rawResponse>, body: () => Promise<void>): void {
  body().catch((error: unknown) => {
    logger.error('An answer was cut off.', error instanceof Error ? error.stack : undefined);
    cutOff(raw);
  });
}

/** Nest opens the stream on its next macrotask; nothing of ours may go out before. */
async function headersSent(raw: ReturnType<typeof rawResponse>): Promise<void> {
  while (!raw.headersSent && !raw.destroyed) await new Promise((resolve) => setImmediate(resolve));
}
