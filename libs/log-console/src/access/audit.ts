import { type AuditData } from '../domain/audit-record.js';
import { type ContextLinks } from '../domain/log-context.js';
import { type LogRecord } from '../domain/log-entry.js';
import { type LogSource } from '../domain/log-source.js';
import { type TextRedactor } from '../domain/text-redactor.js';
import { visible } from '../domain/visible.js';
import { denied, deniedOthers, fileOpened, repeated, signInFailed, type AuditEvent } from './audit-event.js';
import { admissionOf, type Caller } from './caller.js';
import { addressOf, type HttpRequest } from './http-request.js';
import { type LogConsoleException } from './log-console.exception.js';
import { Recently } from './recently.js';
import { Repeats } from './repeats.js';

const LEVELS = {
  ok: 'log',
  open: 'log',
  closed: 'log',
  failed: 'warn',
  denied: 'warn',
  cut: 'warn',
} as const;

/** Where the trail is kept. It masks what it is given. */
export interface AuditStore extends LogSource {
  append(record: LogRecord, links?: ContextLinks): void;
}

export interface AuditOptions {
  readonly store: AuditStore;
  /** Prints a line for people; it goes nowhere else. */
  readonly print: (level: 'log' | 'warn', message: string) => void;
  readonly redactor: TextRedactor;
  /** The request that is served at this moment. */
  readonly links: () => ContextLinks | undefined;
}

/** Whom an entry is about. */
export type Visitor = Partial<Pick<Caller, 'name' | 'role'>> &
  Pick<Caller, 'address'> & { readonly links?: ContextLinks | undefined };

/**
 * The audit trail: who got in, what they read, took and changed. It has a log of its own, which nobody can clear, and each
 * entry is printed, too; it never gets into the log it tells about.
 */
export class Audit {
  readonly #options: AuditOptions;
  readonly #files = new Recently();
  readonly #repeats = new Repeats((more) => {
    if (more) this.record(undefined, repeated(deniedOthers(), more.count, more.since));
  });

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  /** The entries. */
  get log(): LogSource {
    return this.#options.store;
  }

  /** The sender of a request: as the guard has let them in, or as given. */
  by(request: HttpRequest, caller: Partial<Caller> = admissionOf(request).caller): Visitor {
    return { address: addressOf(request), ...caller, links: this.#options.links() };
  }

  /** Takes an event; without a visitor it was the application. */
  record(visitor: Visitor | undefined, event: AuditEvent): void {
    const { action, result, level = LEVELS[result], says, details } = event;
    const { store, print, redactor } = this.#options;
    const sentence = visitor ? `${nameOf(visitor)} ${says}` : says;
    // Names come from elsewhere: none of them begins a line of its own.
    const message = redactor.text(visible(sentence, 'none').replace(/\s+/g, ' '));
    const { name: actor, role, address, links } = visitor ?? {};
    const data: AuditData = {
      ...(actor !== undefined && { actor }),
      ...(role !== undefined && { role }),
      ...(address !== undefined && { address }),
      action,
      result,
      ...details,
    };
    store.append({ level, context: 'LogConsole', message, data }, links);
    print(level, message);
  }

  /** A request was refused; known by now or not. */
  denied(
    request: HttpRequest,
    route: string,
    { status, message }: Pick<LogConsoleException, 'message'> & { readonly status: number },
    caller?: Caller,
  ): void {
    this.#again(this.by(request, caller ?? {}), denied(route, status, message));
  }

  /** Somebody could not sign in. */
  signInFailed(request: HttpRequest, { message }: LogConsoleException): void {
    this.#again(this.by(request, {}), signInFailed(message));
  }

  /** A file is read; `isPolled`: by requests that follow one another. */
  fileOpened(request: HttpRequest, file: string, route: string, isPolled = false): void {
    const visitor = this.by(request);
    const key = JSON.stringify([visitor.name, visitor.address, file]);
    if (!isPolled || this.#files.begins(key)) this.record(visitor, fileOpened(file, route));
  }

  /** Tells what was only counted so far. */
  close(): void {
    this.#repeats.close();
  }

  #again(visitor: Visitor, event: AuditEvent): void {
    const { name, role, address } = visitor;
    const key = JSON.stringify([name, role, address, event.says]);
    this.#repeats.add(key, (more) => {
      if (more) this.record({ ...visitor, links: undefined }, repeated(event, more.count, more.since));
      else this.record(visitor, { ...event, details: { ...event.details, count: 1 } });
    });
  }
}

function nameOf({ name, role, address }: Visitor): string {
  return name === undefined ? `Somebody (${address})` : `${name} (${role}, ${address})`;
}
