import { type LogRecord } from '../domain/log-entry.js';
import { LOG_LEVELS } from '../domain/log-level.js';
import { type OperationSource, type OperationSummary } from '../domain/log-operations.js';
import { ArrayStore } from './array.store.js';

/** An operation that somebody ends by hand, for specs. */
export class ArrayOperation extends ArrayStore implements OperationSource {
  /** What is said of it, beside its lines. */
  facts: Omit<OperationSummary, 'lines'> = {
    id: 'op-1',
    name: 'Import',
    state: 'running',
    startedAt: '2026-11-20T08:15:42.113Z',
    durationMs: 12_400,
    cancellable: false,
    instance: 'web-1',
  };

  get summary(): OperationSummary {
    const count = (level: string): number => this.accepted.filter((record) => record.level === level).length;
    const byLevel = Object.fromEntries(LOG_LEVELS.map((level) => [level, count(level)]));
    const lines = { total: this.accepted.length, byLevel: byLevel as OperationSummary['lines']['byLevel'] };
    return { ...this.facts, lines };
  }

  log(...messages: string[]): void {
    for (const message of messages) this.append({ level: 'log', message } satisfies LogRecord);
  }

  tell(facts: Partial<OperationSummary>): void {
    this.facts = { ...this.facts, ...facts };
    for (const listener of this.listeners) listener({ event: 'operation', data: this.summary });
  }

  end(facts: Partial<OperationSummary> = { state: 'ok' }): void {
    this.tell(facts);
    this.finish();
  }

  cancel(): boolean {
    return false;
  }
}
