import type { LogEntry } from '../../../src/domain/log-entry.js';

const SAID = /^([\w.-]{1,64}) (joined|left|is gone|is back)(?=$|[ :])/;
type Event = 'joined' | 'left' | 'is gone' | 'is back';

/** Who came to the log or left it, where an entry of the console says so. */
export function instanceEvent({ context, message }: LogEntry): { name: string; event: Event } | undefined {
  const [, name = '', event] = (context === 'LogConsole' ? SAID.exec(message) : undefined) ?? [];
  return event === undefined ? undefined : { name, event: event as Event };
}
