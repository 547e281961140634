import type { LogEntry } from '../../../src/domain/log-entry.js';
import { type Times } from '../formats/times.js';
import { visible } from '../formats/visible-text.js';

const FACTS = ['actor', 'role', 'address', 'action', 'result'] as const;

/** What somebody did, as an entry of the audit says it; '' where it does not. */
export type Deed = Readonly<Record<(typeof FACTS)[number] | 'time' | 'message', string>> & {
  readonly id: number;
  /** It was refused, or went wrong. */
  readonly isGrave: boolean;
};

export function deedOf({ id, time = '', level, message, data }: LogEntry): Deed {
  const known = (data ?? {}) as Readonly<Record<string, unknown>>;
  const fact = (value: unknown): string =>
    value === undefined || value === null
      ? ''
      : visible(typeof value === 'string' ? value : JSON.stringify(value));
  const facts = Object.fromEntries(FACTS.map((name) => [name, fact(known[name])]));
  return {
    ...(facts as Record<(typeof FACTS)[number], string>),
    id,
    time,
    isGrave: level !== 'log',
    message: visible(message),
  };
}

/** One behind the other, by the day they were done. */
export function daysOf(
  deeds: readonly Deed[],
  times: Pick<Times, 'day'>,
): { readonly day: string; readonly deeds: Deed[] }[] {
  const days: { day: string; deeds: Deed[] }[] = [];
  for (const deed of deeds) {
    const day = times.day(Date.parse(deed.time));
    const last = days.at(-1);
    if (last?.day === day) last.deeds.push(deed);
    else days.push({ day, deeds: [deed] });
  }
  return days;
}
