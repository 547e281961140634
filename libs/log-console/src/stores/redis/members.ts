import { type LogInstance, type ProcessIdentity } from '../../domain/log-instances.js';
import { type Reply } from './driver.js';

/** Nothing heard of a process for so long means that it is gone. */
export const GONE_AFTER_MS = 15_000;
/** So long it is listed as gone. */
export const LISTED_MS = 60_000;

/** What a process says of itself at each heartbeat. */
export interface MemberFacts extends ProcessIdentity {
  readonly behind: number;
  readonly dropped: number;
  /** The levels it has; 0: none were set. */
  readonly levels: number;
}

/** The processes as Redis knows them. */
export interface Members {
  /** The clock of Redis, in milliseconds. */
  readonly now: number;
  /** The levels there are. */
  readonly levels: number;
  /** Writers and when they were heard of, in milliseconds. */
  readonly up: ReadonlyMap<string, number>;
  readonly gone: ReadonlyMap<string, number>;
  /** What each writer says of itself. */
  readonly facts: ReadonlyMap<string, string>;
}

const NAME = /^[A-Za-z0-9_.-]{1,64}$/;
const MAX_TEXT = 255;

/** What a process has said of itself; undefined for what somebody else has put there. */
export function factsFrom(json: string | undefined): MemberFacts | undefined {
  let said: Partial<Record<keyof MemberFacts, unknown>>;
  try {
    said = (JSON.parse(json ?? 'null') ?? {}) as typeof said;
  } catch {
    return undefined;
  }
  const { name, host, pid, version, startedAt, behind, dropped, levels } = said;
  const texts = [name, host, version, startedAt];
  if (!texts.every((text) => typeof text === 'string' && text.length <= MAX_TEXT)) return undefined;
  if (![pid, behind, dropped, levels].every((number) => Number.isSafeInteger(number) && Number(number) >= 0))
    return undefined;
  if (!NAME.test(String(name)) || Number.isNaN(Date.parse(String(startedAt)))) return undefined;
  return { name, host, pid, version, startedAt, behind, dropped, levels } as MemberFacts;
}

/** One row per process, by name; one that came again under its name takes the place of the one that is gone. */
export function instancesFrom({ now, levels, up, gone, facts }: Members): LogInstance[] {
  const rows = [...up, ...gone].flatMap(([writer, seen]): LogInstance[] => {
    const said = factsFrom(facts.get(writer));
    if (!said) return [];
    const isUp = up.has(writer) && now - seen <= GONE_AFTER_MS;
    const { levels: has, ...known } = said;
    return [
      {
        ...{ ...known, state: isUp ? 'up' : 'gone', lastSeen: new Date(seen).toISOString() },
        ...(levels > 0 && isUp ? { levels: has >= levels ? 'current' : 'behind' } : {}),
      },
    ];
  });
  const names = new Set(rows.filter(({ state }) => state === 'up').map(({ name }) => name));
  return rows
    .filter(({ state, name }) => state === 'up' || !names.has(name))
    .toSorted((one, other) => compare(one.name, other.name) || compare(one.startedAt, other.startedAt));
}

/** The answer to a list of names and scores. */
export function scoresIn(reply: Reply): Map<string, number> {
  const flat = (reply ?? []) as readonly Buffer[];
  const found = new Map<string, number>();
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const score = Number(String(flat[at + 1]));
    if (Math.abs(score) < 8.64e15) found.set(String(flat[at]), score);
  }
  return found;
}

/** The answer to a hash. */
export function textsIn(reply: Reply): Map<string, string> {
  const flat = (reply ?? []) as readonly Buffer[];
  const found = new Map<string, string>();
  for (let at = 0; at + 1 < flat.length; at += 2) found.set(String(flat[at]), String(flat[at + 1]));
  return found;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
