import { Logger } from '@nestjs/common';
import { toJsonText } from '../domain/to-json-text.js';
import { utf8Length } from '../domain/utf8.js';
import { captureConsole } from './capture-console.js';
import { captureProcess } from './capture-process.js';
import { LogConsoleLogger } from './log-console.logger.js';
const EARLY_RECORDS = 1000;
const EARLY_DATA_BYTES = 16 * 1024;
/** One less than the store keeps: the mark that tells of the others is a key, too. */
const EARLY_DATA_KEYS = 199;
const HUB = Symbol.for('nestjs-log-console');
/**
 * The one place per process where the logger is swapped. With several applications each target gets each line once,
 * and each line is forwarded once to each logger; when the last application closes, the logger that was there is back.
 */
export class LoggerTap {
    constructor() {
        this.logger = new LogConsoleLogger();
        this.#clients = new Set();
        /** Lines from before the first application: nobody has a ring yet. */
        this.#early = [];
        this.#earlyLost = 0;
        /** Swapped in by us, not by the application. */
        this.#attached = false;
    }
    #clients;
    /** Lines from before the first application: nobody has a ring yet. */
    #early;
    #earlyLost;
    /** Swapped in by us, not by the application. */
    #attached;
    /** The logger that was there when ours was not. */
    #original;
    #stopConsole;
    #stopProcess;
    /** The tap of this process, shared by the ESM and the CommonJS copy of this package. */
    static get() {
        const global = globalThis;
        return (global[HUB] ??= new LoggerTap());
    }
    /**
     * Swaps the logger in, or does nothing when it is already there. Called at several points of the boot,
     * because Nest sets its logger at several points and each alone misses lines.
     */
    attach() {
        if (CurrentLogger.get() === this.logger)
            return;
        this.#attached = true;
        this.#update();
        Logger.overrideLogger(this.logger);
    }
    /** Adds an application: from now on its target gets every line, first those that came before the first target. */
    add(client) {
        this.#clients.add(client);
        this.#flushEarly(client.target);
        if (client.attach)
            this.attach();
        this.#update();
    }
    /** Removes an application; the last one gives everything back. */
    remove(client) {
        if (!this.#clients.delete(client))
            return;
        if (this.#clients.size === 0) {
            this.#early = [];
            this.#restore();
        }
        else {
            this.#update();
        }
    }
    /** Gives the logger back unless an application wants it: after `forRoot` attached ahead of an `attach: false`. */
    release() {
        if (this.#attached && ![...this.#clients].some((client) => client.attach))
            this.#restore();
    }
    #restore() {
        if (CurrentLogger.get() === this.logger)
            Logger.overrideLogger(this.#original ?? false);
        this.#attached = false;
        this.#update();
    }
    #update() {
        const current = CurrentLogger.get();
        if (current !== this.logger)
            this.#original = current;
        const clients = [...this.#clients];
        const early = { append: (record) => this.#keepEarly(record), reject: () => this.#loseEarly() };
        this.logger.targets = clients.length > 0 ? clients.map(({ target }) => target) : [early];
        const forwards = (clients.length > 0 ? clients : [{ forward: undefined }])
            .map(({ forward }) => forward ?? this.#original)
            .filter((logger) => logger !== undefined && logger !== false)
            .filter((logger) => logger !== this.logger);
        this.logger.forwards = [...new Set(forwards)];
        this.#stopConsole = this.#toggle('console', this.#stopConsole);
        this.#stopProcess = this.#toggle('process', this.#stopProcess);
    }
    #toggle(what, stop) {
        const wanted = [...this.#clients].some((client) => client[what]);
        if (wanted === (stop !== undefined))
            return stop;
        stop?.();
        if (!wanted)
            return undefined;
        const capture = (record) => {
            for (const client of this.#clients)
                if (client[what])
                    client.target.append(record);
        };
        if (what === 'process')
            return captureProcess(capture);
        // Node prints a warning through console too: it is captured once, as a warning.
        const ignores = (text) => this.logger.forwarding || (this.#stopProcess !== undefined && text.startsWith(`(node:${process.pid})`));
        return captureConsole(capture, ignores);
    }
    #keepEarly(record) {
        if (!this.#early)
            return;
        if (this.#early.length >= EARLY_RECORDS)
            this.#loseEarly();
        else
            this.#early.push({ ...record, time: new Date().toISOString(), ...earlyData(record) });
    }
    #loseEarly() {
        this.#earlyLost++;
    }
    #flushEarly(target) {
        for (const record of this.#early ?? [])
            target.append(record);
        const lost = this.#earlyLost;
        for (let count = 0; count < lost; count++)
            target.reject();
        if (lost > 0) {
            const message = `${lost} early lines were lost: ${EARLY_RECORDS} are kept until there is a store.`;
            target.append({ level: 'warn', context: 'LogConsole', message });
        }
        this.#early = undefined;
        this.#earlyLost = 0;
    }
}
/** Parameters may change before the ring exists, so their JSON is taken now. */
function earlyData({ data, message, stack = '' }) {
    if (data === undefined)
        return {};
    const { json, dropped } = toJsonText(data, EARLY_DATA_BYTES, EARLY_DATA_KEYS);
    const kept = utf8Length(message) + utf8Length(stack) + utf8Length(json);
    const truncated = dropped > 0 ? { truncated: { bytes: kept + dropped, kept } } : {};
    return { data: JSON.parse(json), ...truncated };
}
/** The legal way to read Logger's protected static. */
class CurrentLogger extends Logger {
    static get() {
        return this.staticInstanceRef;
    }
}
