/** The events of `GET stream`, for the OpenAPI document, which has no form for them. */
export const STREAM_EVENTS = [
  'Events (each has an id: the cursor after everything already sent, or filtered out, on this stream):',
  '',
  '- `hello` first: `{ "epoch", "instance", "startedAt", "oldest", "newest", "pingSeconds", "uiVersion", "store" }`, with `retry: 2000`',
  '- unnamed: a batch (LogConsoleBatch), at most 1000 entries or 256 KiB; in a burst one per 16–50 ms',
  '- `cleared`: `{ "upTo", "by", "at" }`',
  '- `store` (with a shared store): `{ "kind", "state": "up" | "degraded", "since" }` when it changes',
  '- `file` (files only): `{ "change": "rotated" | "truncated" | "missing" | "unavailable" | "returned", "at", "reason"? }`',
  '- `operation` (operations only): the operation (LogConsoleOperation) on change, at most 2 per second; the last one always comes',
  '- `ping`: `{ "time", "newest" }` at 1, 2, 3, 5, 7 s, then every 10 s',
  '- `bye`: `{ "reason": "shutdown" | "signed-out" | "forbidden" | "slow" | "finished", "retryMs" }` before the server ends the stream',
  '',
  'A reader that is slower than the log keeps its place and is told of a gap when it was overtaken; after 30 s without any progress it is ended.',
].join('\n');
