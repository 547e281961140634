import { HttpException, Logger } from '@nestjs/common';
import { isObservable, lastValueFrom } from 'rxjs';
const DEADLINE_MS = 2000;
const logger = new Logger('LogConsole');
/** Runs the host's guards with the host's instances. */
export class HostGuards {
    #guards;
    #moduleRef;
    #instances;
    constructor(guards, moduleRef) {
        this.#guards = guards;
        this.#moduleRef = moduleRef;
    }
    get isEmpty() {
        return this.#guards.length === 0;
    }
    /** 401 or 403 when one denies: by its own 401, by anything else it throws, by false, by taking over 2 s. */
    async denial(context) {
        try {
            const passed = await withDeadline(this.#passes(context));
            return passed ? undefined : 403;
        }
        catch (error) {
            return error instanceof HttpException && error.getStatus() === 401 ? 401 : 403;
        }
    }
    async #passes(context) {
        for (const guard of await (this.#instances ??= this.#resolve())) {
            // As Nest reads it: also an Observable inside a Promise, and of an Observable the last value.
            const answer = await guard.canActivate(context);
            if (!(isObservable(answer) ? await lastValueFrom(answer) : answer))
                return false;
        }
        return true;
    }
    #resolve() {
        return Promise.all(this.#guards.map(async (guard) => {
            if (typeof guard !== 'function')
                return guard;
            try {
                return this.#moduleRef.get(guard, { strict: false });
            }
            catch {
                return this.#create(guard);
            }
        }));
    }
    async #create(guard) {
        try {
            return await this.#moduleRef.create(guard);
        }
        catch (error) {
            logger.error(`Everybody is refused: ${guard.name} of access.guards cannot be made. Provide it in a module of yours.`, error instanceof Error ? error.stack : undefined);
            throw error;
        }
    }
}
/** Rejects when the answer takes over 2 s. */
export async function withDeadline(answer) {
    let timer;
    const deadline = new Promise((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error('The answer took too long.')), DEADLINE_MS);
    });
    try {
        return await Promise.race([answer, deadline]);
    }
    finally {
        clearTimeout(timer);
    }
}
