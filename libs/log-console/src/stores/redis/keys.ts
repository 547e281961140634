/** The keys of one log. The braces put them on one node of a cluster. */
export interface Keys {
  /** Stream: the batches. */
  readonly stream: string;
  /** String: the generation, its last id, what was cleared, the counters. */
  readonly meta: string;
  /** List: per batch held its last id, how many, bytes, generation, levels. */
  readonly marks: string;
  /** Sorted set: who writes, by the time last seen. */
  readonly writers: string;
  /** Sorted set: who wrote and is gone, by the time last seen. */
  readonly gone: string;
  /** Hash: what each of them says of itself. */
  readonly processes: string;
  /** Hash: the levels that were set, and how often one was. */
  readonly levels: string;
  /** Channel: a level was set. */
  readonly nudges: string;
  /** String: the last batch of a writer, to recognise one that is sent again. */
  readonly sentBy: (writer: string) => string;
}

export function keysOf(app: string): Keys {
  const name = `lc:{${app}}:`;
  return {
    stream: `${name}s`,
    meta: `${name}m`,
    marks: `${name}x`,
    writers: `${name}i`,
    gone: `${name}g`,
    processes: `${name}ih`,
    levels: `${name}ctl`,
    nudges: `${name}c`,
    sentBy: (writer) => `${name}w:${writer}`,
  };
}
