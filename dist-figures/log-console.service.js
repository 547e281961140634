var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
var __param = (this && this.__param) || function (paramIndex, decorator) {
    return function (target, key) { decorator(target, key, paramIndex); }
};
import { Inject, Injectable } from '@nestjs/common';
import { TextRedactor } from './domain/text-redactor.js';
import { OpenStreams } from './http/open-streams.js';
import { LogCapture } from './logger/log-capture.js';
import { follow } from './reading/follow.js';
import { MemoryStore } from './stores/memory/memory.store.js';
/** What application code injects: everything HTTP can do with the log, code can do. */
let LogConsoleService = class LogConsoleService {
    /** @internal */
    constructor(store, capture, open, redactor) {
        this.store = store;
        this.capture = capture;
        this.open = open;
        this.redactor = redactor;
    }
    /** Every entry as it is accepted, in id order. An observer that throws is unsubscribed; one that logs is answered after it returns. */
    get entries$() {
        return this.store.entries$;
    }
    /** One batch; without a cursor the newest `limit` (default 500). Never rejects: a cursor nobody knows is answered with a gap. */
    async read(request = {}) {
        return this.store.read({ ...request, limit: request.limit ?? 500 });
    }
    /** Reads to the end, then keeps up, until the signal aborts or the loop is left. An empty batch is the heartbeat. */
    follow(options = {}) {
        return follow(this.store, options);
    }
    /**
     * Removes everything up to `upTo` (default: the newest) from the live buffer; `by` is named in the entry that says so.
     * Rejects with an UnknownCursorError for a cursor of another epoch or beyond the newest: then nothing was cleared.
     */
    async clear(request = {}) {
        return this.store.clear(request);
    }
    /** The counters. At rest, attempted = accepted.total + belowLevel + rejected + suppressed, the module's own lines included. */
    async stats() {
        const stored = this.store.stats();
        const { belowLevel, rejected, suppressed } = this.capture.stats;
        return {
            ...stored,
            belowLevel,
            rejected: stored.rejected + rejected,
            suppressed,
            readers: this.open.counts,
            redactions: this.redactor.counts,
            sinks: {},
        };
    }
};
LogConsoleService = __decorate([
    Injectable(),
    __param(0, Inject(MemoryStore)),
    __param(1, Inject(LogCapture)),
    __param(2, Inject(OpenStreams)),
    __param(3, Inject(TextRedactor)),
    __metadata("design:paramtypes", [MemoryStore,
        LogCapture,
        OpenStreams, Object])
], LogConsoleService);
export { LogConsoleService };
