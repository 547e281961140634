import { HttpException, Logger, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { type ModuleRef } from '@nestjs/core';
import { isObservable, lastValueFrom } from 'rxjs';

const DEADLINE_MS = 2000;
const logger = new Logger('LogConsole');

/** Runs the host's guards with the host's instances. */
export class HostGuards {
  readonly #guards: readonly (Type<CanActivate> | CanActivate)[];
  readonly #moduleRef: ModuleRef;
  #instances: Promise<CanActivate[]> | undefined;

  constructor(guards: readonly (Type<CanActivate> | CanActivate)[], moduleRef: ModuleRef) {
    this.#guards = guards;
    this.#moduleRef = moduleRef;
  }

  get isEmpty(): boolean {
    return this.#guards.length === 0;
  }

  /** 401 or 403 when one denies: by its own 401, by anything else it throws, by false, by taking over 2 s. */
  async denial(context: ExecutionContext): Promise<401 | 403 | undefined> {
    try {
      const passed = await withDeadline(this.#passes(context));
      return passed ? undefined : 403;
    } catch (error) {
      return error instanceof HttpException && error.getStatus() === 401 ? 401 : 403;
    }
  }

  async #passes(context: ExecutionContext): Promise<boolean> {
    for (const guard of await (this.#instances ??= this.#resolve())) {
      // As Nest reads it: also an Observable inside a Promise, and of an Observable the last value.
      const answer: unknown = await guard.canActivate(context);
      if (!(isObservable(answer) ? await lastValueFrom(answer) : answer)) return false;
    }
    return true;
  }

  #resolve(): Promise<CanActivate[]> {
    return Promise.all(
      this.#guards.map(async (guard) => {
        if (typeof guard !== 'function') return guard;
        try {
          return this.#moduleRef.get<CanActivate>(guard, { strict: false });
        } catch {
          return this.#create(guard);
        }
      }),
    );
  }

  async #create(guard: Type<CanActivate>): Promise<CanActivate> {
    try {
      return await this.#moduleRef.create(guard);
    } catch (error) {
      logger.error(
        `Everybody is refused: ${guard.name} of access.guards cannot be made. Provide it in a module of yours.`,
        error instanceof Error ? error.stack : undefined,
      );
      throw error;
    }
  }
}

/** Rejects when the answer takes over 2 s. */
export async function withDeadline<T>(answer: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The answer took too long.')), DEADLINE_MS);
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
