import { type ConnectionState } from './connection-state.js';
import {
  type Batch,
  type Cleared,
  type FileHappening,
  type Hello,
  type Operation,
  type Session,
  type StoreState,
} from './wire.js';

/** What a page is told, in the order it happened. */
export interface ConnectionEvents {
  /** Only when it has changed; the first is `connecting`, and is not told. */
  state(state: ConnectionState): void;
  /** After each successful `GET session`. */
  session(session: Session): void;
  hello(hello: Hello): void;
  /** Entries that were never told before, or a gap. */
  batch(batch: Batch): void;
  cleared(cleared: Cleared): void;
  /** What became of the file that is read. */
  file(happening: FileHappening): void;
  /** How the operation that is read is now. */
  operation(operation: Operation): void;
  /** How the log is kept has changed; `hello` says it, too. */
  store(store: StoreState): void;
  /** A life of the source that had been left came back: several servers answer without a shared store. */
  severalServers(): void;
}

/** The same, but what goes wrong in the page is no fault of the connection. */
export function guarded(events: ConnectionEvents): ConnectionEvents {
  const tell = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      console.error(error);
    }
  };
  return {
    state: (state) => tell(() => events.state(state)),
    session: (session) => tell(() => events.session(session)),
    hello: (hello) => tell(() => events.hello(hello)),
    batch: (batch) => tell(() => events.batch(batch)),
    cleared: (cleared) => tell(() => events.cleared(cleared)),
    file: (happening) => tell(() => events.file(happening)),
    operation: (operation) => tell(() => events.operation(operation)),
    store: (store) => tell(() => events.store(store)),
    severalServers: () => tell(() => events.severalServers()),
  };
}
