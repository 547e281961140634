import { randomUUID } from 'node:crypto';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseCursor } from '../../domain/cursor.js';
import { threwText } from '../../domain/error-text.js';
import { type LogBatch } from '../../domain/log-batch.js';
import { type LogSink, type SinkBatching, type SinkTest } from '../../domain/log-sink.js';
import { checkSinkOptions, oneOf, whole, type Rule } from '../check-options.js';
import { post } from './post.js';
import { publicLookup } from './public-address.js';
import { keyOf, signatureHeaders } from './signature.js';
import { type WebhookSinkOptions } from './webhook.options.js';

const MIN_SECRET = 24;
const RULES = {
  url: {
    accepts: (value) => typeof value === 'string' && /^https?:$/.test(parsed(value)?.protocol ?? ''),
    accepted: 'an address that begins with https:// (http:// with allowPrivate), without a name and password',
    isSecret: true,
  },
  secret: {
    accepts: (value) => typeof value === 'string' && value.length >= MIN_SECRET,
    accepted: `at least ${MIN_SECRET} characters`,
    isSecret: true,
  },
  headers: { accepts: areHeaders, accepted: 'an object of HTTP headers, their values texts', isSecret: true },
  everyMs: whole(0, 3_600_000),
  maxEntries: whole(1, 1000),
  timeoutMs: whole(100, 60_000),
  allowPrivate: oneOf(true, false),
} satisfies Partial<Record<keyof WebhookSinkOptions, Rule>>;

/** A destination that can be tried. */
export interface WebhookSink extends LogSink {
  /** Sends a message without a line; never rejects. */
  test(): Promise<SinkTest>;
}

/** Sends errors to an address, some at once; what is not answered with 2xx is sent again. */
export function webhookSink(options: WebhookSinkOptions): WebhookSink {
  checkSinkOptions('webhookSink', options, RULES, ['url']);
  if (!options.allowPrivate && !options.url.startsWith('https:'))
    throw new TypeError('webhookSink: option url is not encrypted; accepted: https://, or allowPrivate.');
  return new Webhook(options);
}

class Webhook implements WebhookSink {
  readonly name: string;
  readonly level: string;
  readonly context: readonly string[] | undefined;
  readonly batch: SinkBatching;
  readonly #options: WebhookSinkOptions;
  readonly #url: URL;
  readonly #key: Buffer | undefined;
  readonly #lookup: LookupFunction | undefined;
  readonly #everyMs: number;
  #nextAt = -Infinity;

  constructor(options: WebhookSinkOptions) {
    const {
      url,
      secret,
      name = 'webhook',
      level = 'error',
      context,
      everyMs = 1000,
      maxEntries = 100,
    } = options;
    this.name = name;
    this.level = level;
    this.context = context;
    this.batch = { entries: maxEntries, delayMs: Math.min(everyMs, 1000) };
    this.#options = options;
    this.#url = new URL(url);
    this.#key = secret === undefined ? undefined : keyOf(secret);
    this.#lookup = options.allowPrivate ? undefined : publicLookup();
    this.#everyMs = everyMs;
  }

  async write(batch: LogBatch, signal: AbortSignal): Promise<void> {
    await sleep(Math.max(0, this.#nextAt - performance.now()), undefined, { signal, ref: false });
    const first = batch.entries[0]?.id;
    const last = parseCursor(batch.next)?.id;
    const { instance, epoch } = batch;
    // The same lines again have the same id, so that they can be told from new ones.
    const id = `${epoch}-${first}-${last}`;
    const status = await this.#send(id, 'log.entries', { instance, epoch, entries: batch.entries }, signal);
    if (status < 200 || status > 299) throw new Error(refusal(status));
  }

  async test(): Promise<SinkTest> {
    try {
      const status = await this.#send(randomUUID(), 'log.test', {});
      const ok = status >= 200 && status <= 299;
      return { ok, status, ...(ok ? {} : { error: refusal(status) }) };
    } catch (error) {
      return { ok: false, error: threwText(error).slice('[Threw: '.length, -1) };
    }
  }

  #send(id: string, type: string, data: object, signal?: AbortSignal): Promise<number> {
    const now = new Date();
    const body = Buffer.from(JSON.stringify({ type, timestamp: now.toISOString(), data }));
    this.#nextAt = performance.now() + this.#everyMs;
    return post({
      url: this.#url,
      headers: {
        ...this.#options.headers,
        'content-type': 'application/json',
        'user-agent': 'nestjs-log-console',
        ...signatureHeaders(id, now, body, this.#key),
      },
      body,
      timeoutMs: this.#options.timeoutMs ?? 5000,
      lookup: this.#lookup,
      signal,
    });
  }
}

function refusal(status: number): string {
  const isRedirect = status >= 300 && status < 400;
  return `It answered ${status}${isRedirect ? '; redirects are not followed' : ''}`;
}

function parsed(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username === '' && url.password === '' ? url : undefined;
}

function areHeaders(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  try {
    for (const [name, text] of Object.entries(value)) {
      if (typeof text !== 'string') return false;
      validateHeaderName(name);
      validateHeaderValue(name, text);
    }
    return true;
  } catch {
    return false;
  }
}
