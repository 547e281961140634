import { HttpStatus, Inject, Injectable } from '@nestjs/common';
import { EMPTY, Observable } from 'rxjs';
import { admissionOf } from '../access/caller.js';
import { header, type HttpRequest } from '../access/http-request.js';
import { formatCursor, parseCursor, type Cursor } from '../domain/cursor.js';
import { LogStore, type LogSource } from '../domain/log-source.js';
import { backlogStart } from '../reading/follow.js';
import { poll } from '../reading/poll.js';
import { batchJson } from './batch-json.js';
import { CONSOLE_PAGE } from './console-assets.generated.js';
import { rawResponse, sendBytes, takeOver, type HostResponse } from './host-response.js';
import { type LiveFormat } from './live-format.js';
import { LiveResponse } from './live-response.js';
import { OpenStreams } from './open-streams.js';
import { badRequest } from './read-query.js';
import {
  cursorOf,
  filterOf,
  limitOf,
  type EntriesQuery,
  type LiveQuery,
  type TailQuery,
} from './reading.query.js';
import { ServerFacts } from './server-facts.js';
import { sseFormat } from './sse-format.js';
import { textFormat } from './text-format.js';

/** One request and where its answer goes. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly response: HostResponse;
}

/** The reading routes of any source: poll, stream, tail. */
@Injectable()
export class SourceRoutes {
  constructor(
    @Inject(LogStore) private readonly log: LogStore,
    @Inject(OpenStreams) private readonly open: OpenStreams,
    @Inject(ServerFacts) private readonly facts: ServerFacts,
  ) {}

  /** `GET entries`: one batch; with `wait` the answer is held until there is something to say. */
  async entries(source: LogSource, query: EntriesQuery, { request, response }: Exchange): Promise<void> {
    const after = cursorOf(query.after);
    const before = cursorOf(query.before);
    if (after && before) throw badRequest(['after and before cannot be given together; give one of them.']);
    const read = { after, before, limit: limitOf(query), filter: filterOf(query) };
    const waitMs = Number(query.wait ?? 0) * 1000;
    const batch =
      waitMs > 0 ? await this.#wait(source, read, waitMs, { request, response }) : await source.read(read);
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
  async stream(
    source: LogSource,
    query: LiveQuery,
    { request, response }: Exchange,
  ): Promise<Observable<never>> {
    if (request.method === 'HEAD') return EMPTY;
    const raw = rawResponse(response);
    const live = await this.#live(
      raw,
      source,
      query,
      resumeCursor(request) ?? cursorOf(query.after),
      sseFormat,
    );
    // Nest does not subscribe for a client that has left meanwhile.
    if (raw.destroyed) return EMPTY;
    const release = this.open.add(live, admissionOf(request));
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

  /** `GET tail`: the same as text, for `curl -N` or a browser tab. */
  async tail(source: LogSource, query: TailQuery, { request, response }: Exchange): Promise<void> {
    const isHead = request.method === 'HEAD';
    const keepsFollowing = query.follow !== 'false' && !isHead;
    const format = textFormat(query.ansi ?? 'none');
    const raw = rawResponse(response);
    const live = await this.#live(raw, source, query, cursorOf(query.after), format, keepsFollowing);
    // One that ends by itself takes a slot too: a client that does not read it would hold up the shutdown.
    const release = isHead ? () => undefined : this.open.add(live, admissionOf(request));
    takeOver(response).writeHead(HttpStatus.OK, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    raw.flushHeaders();
    try {
      if (!isHead) await live.run();
    } finally {
      release();
      if (keepsFollowing) closeAfterFinish(raw);
      raw.end();
    }
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

  async #hello({ request: { format, place } }: LiveResponse): Promise<string | undefined> {
    const { instance, startedAt } = this.facts;
    const stats = await this.log.stats();
    return format.hello?.({ place, instance, startedAt, uiVersion: CONSOLE_PAGE.version, stats });
  }
}

/** The place a cursor stands for; of one that is not known, just before the oldest held. */
async function placeOf(source: LogSource, after: Cursor): Promise<Cursor> {
  const probe = await source.read({ after, limit: 0 });
  const place = parseCursor(after);
  if (!place || !probe.gap || probe.gap.reason === 'restarted') return probe.next;
  // What was missed is told after the hello: until then the reader is where it was.
  return formatCursor(place.epoch ?? probe.epoch, place.id);
}

/** `Last-Event-ID`, when it is one of ours; any other form is ignored, because an EventSource would give up for good. */
function resumeCursor(request: HttpRequest): Cursor | undefined {
  const id = header(request, 'last-event-id') ?? '';
  return parseCursor(id)?.epoch === undefined ? undefined : cursorOf(id);
}

/** Nest opens the stream on its next macrotask; nothing of ours may go out before. */
async function headersSent(raw: ReturnType<typeof rawResponse>): Promise<void> {
  while (!raw.headersSent && !raw.destroyed) await new Promise((resolve) => setImmediate(resolve));
}

/** A live response is the last on its connection: `server.close()` then has nothing to wait for. */
function closeAfterFinish(raw: ReturnType<typeof rawResponse>): void {
  const { socket } = raw;
  if (socket && raw.req.httpVersionMajor === 1) raw.once('finish', () => socket.destroySoon());
}
