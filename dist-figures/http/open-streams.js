import { HttpStatus } from '@nestjs/common';
import { LogConsoleException } from '../access/log-console.exception.js';
const RECHECK_MS = 60_000;
const CLOSE_WITHIN_MS = 900;
/** Every response that is held open: counted, limited, asked again for its rights every 60 s, ended at shutdown. */
export class OpenStreams {
    #open = new Map();
    #closing = false;
    #allClosed;
    constructor(limits) {
        this.limits = limits;
    }
    get counts() {
        const kinds = [...this.#open.keys()].map(({ kind }) => kind);
        return {
            streams: kinds.filter((kind) => kind === 'streams').length,
            polls: kinds.filter((kind) => kind === 'polls').length,
        };
    }
    /** Takes a slot, or throws the answer 503; returns how to give it back. */
    add(stream, { caller, recheck }) {
        const key = `${caller.name} ${caller.address}`;
        this.#assertFree(key);
        this.#open.set(stream, key);
        const check = async () => {
            const gone = await recheck();
            if (gone)
                stream.end(gone);
            else if (this.#open.has(stream))
                timer = later(check, RECHECK_MS);
        };
        // The first check comes at a random moment, so that streams that came together are not checked together.
        let timer = later(check, Math.random() * RECHECK_MS);
        return () => {
            clearTimeout(timer);
            this.#open.delete(stream);
            if (this.#open.size === 0)
                this.#allClosed?.();
        };
    }
    #assertFree(key) {
        const ofUser = [...this.#open.values()].filter((value) => value === key).length;
        const { streamsPerUser, streamsPerProcess } = this.limits;
        if (this.#closing)
            throw unavailable('The server is shutting down.', 2);
        if (ofUser >= streamsPerUser)
            throw unavailable(`You have ${streamsPerUser} streams open already; close one.`, 10);
        if (this.#open.size >= streamsPerProcess)
            throw unavailable(`All ${streamsPerProcess} streams of this server are taken.`, 10);
    }
    /** Ends all of them; resolves when the last one is gone, at the latest after 900 ms. */
    async closeAll() {
        this.#closing = true;
        if (this.#open.size > 0) {
            await new Promise((resolve) => {
                this.#allClosed = resolve;
                setTimeout(resolve, CLOSE_WITHIN_MS).unref();
                for (const stream of [...this.#open.keys()])
                    stream.end('shutdown');
            });
        }
        // `server.close()` waits for a socket that is not idle yet: measured 6 s without this turn, 7–24 ms with it.
        await new Promise((resolve) => setImmediate(resolve));
    }
}
function later(check, ms) {
    return setTimeout(() => void check(), ms).unref();
}
function unavailable(message, retryAfter) {
    return new LogConsoleException(HttpStatus.SERVICE_UNAVAILABLE, message, {
        'Retry-After': String(retryAfter),
    });
}
