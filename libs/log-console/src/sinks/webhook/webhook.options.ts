/** Somewhere that is told of errors by HTTP. */
export interface WebhookSinkOptions {
  /** Where: `https://…`; `http://…` only with `allowPrivate`. */
  readonly url: string;
  /** Signs what is sent, as Standard Webhooks does: at least 24 characters, `whsec_` and base64 or any text. Default: not signed. */
  readonly secret?: string;
  /** Sent with each message, such as `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Its name in the counters, `[A-Za-z0-9_.-]{1,64}`. Default `webhook`. */
  readonly name?: string;
  /** Which levels, spelled as the option `level` is. Default `error`. */
  readonly level?: string;
  /** Which contexts: exact names, or prefixes ending in `*`. Default: all. */
  readonly context?: readonly string[];
  /** One message at most in so many milliseconds, with all lines since the last. Default 1000. */
  readonly everyMs?: number;
  /** Entries in one message at most. Default 100. */
  readonly maxEntries?: number;
  /** How long an answer may take, in milliseconds. Default 5000. */
  readonly timeoutMs?: number;
  /** Let it be an address of this machine or of a private network. Whoever sets `url` can then reach into it. Default false. */
  readonly allowPrivate?: boolean;
}
