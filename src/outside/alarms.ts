import { Injectable } from '@nestjs/common';
import type { LogEntry } from 'nestjs-log-console';
import { Recent } from '../common/recent.js';
import type { AlarmDto } from './alarm.dto.js';

/** What the log console's webhook sends. */
export interface AlarmMessage {
  readonly type: string;
  readonly timestamp: string;
  readonly data: { readonly entries?: readonly LogEntry[] };
}

/** The newest alarms: what a chat or a pager would show. */
@Injectable()
export class Alarms {
  readonly #recent = new Recent<AlarmDto & { readonly id: number }>(50);
  #count = 0;

  take({ type, timestamp, data }: AlarmMessage): void {
    const lines = (data.entries ?? []).map(({ context = '-', message }) => `${context}: ${message}`);
    this.#recent.add({ id: ++this.#count, at: timestamp, type, lines });
  }

  /** Newest first. */
  list(): AlarmDto[] {
    return this.#recent.list().map(({ at, type, lines }) => ({ at, type, lines }));
  }
}
