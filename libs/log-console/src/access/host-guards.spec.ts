import { HttpException, Logger, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { type ModuleRef } from '@nestjs/core';
import { jest } from '@jest/globals';
import { EMPTY, NEVER, of, throwError } from 'rxjs';
import { HostGuards, withDeadline } from './host-guards.js';

const context = {} as ExecutionContext;
const never = new Promise<never>(() => undefined);
const answers = (answer: unknown): CanActivate => ({ canActivate: () => answer as boolean });
const throws = (error: unknown): CanActivate => ({
  canActivate: () => {
    throw error;
  },
});

/** As much of Nest's as guards need: what it has, and how it makes what it has not. */
function moduleRef(
  has: ReadonlyMap<unknown, unknown> = new Map(),
  create: (type: Type) => unknown = () => ({}),
) {
  const get = jest.fn((type: unknown, _options: object) => {
    if (!has.has(type)) throw new Error('Nest could not find it.');
    return has.get(type);
  });
  const make = jest.fn(async (type: Type) => create(type));
  return { get, create: make, ref: { get, create: make } as unknown as ModuleRef };
}

const denialOf = (...guards: (CanActivate | Type<CanActivate>)[]) =>
  new HostGuards(guards, moduleRef().ref).denial(context);

class SomeGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

describe('The guards of the host', () => {
  it('let pass when there are none', async () => {
    const guards = new HostGuards([], moduleRef().ref);
    expect(guards.isEmpty).toBe(true);
    expect(await guards.denial(context)).toBeUndefined();
  });

  it.each([true, Promise.resolve(true), of(true), of(false, true), Promise.resolve(of(true)), 1])(
    'let pass with %p',
    async (answer) => expect(await denialOf(answers(answer))).toBeUndefined(),
  );

  it.each([
    false,
    undefined,
    null,
    0,
    '',
    Promise.resolve(false),
    of(false),
    of(true, false),
    EMPTY,
    Promise.resolve(of(false)),
    throwError(() => new Error('no')),
  ])('deny with 403: %p', async (answer) => expect(await denialOf(answers(answer))).toBe(403));

  it.each([new Error('no'), 'no', undefined, new HttpException('no', 403), new HttpException('no', 500)])(
    'deny with 403 when they throw %p',
    async (error) => {
      expect(await denialOf(throws(error))).toBe(403);
      expect(await denialOf(answers(throwError(() => error)))).toBe(403);
    },
  );

  it('deny with 401 by their own 401', async () => {
    const error = new HttpException('no', 401);
    expect(await denialOf(throws(error))).toBe(401);
    expect(await denialOf(answers(throwError(() => error)))).toBe(401);
  });

  it('are asked in their order, until one denies', async () => {
    const asked: number[] = [];
    const guard = (place: number, answer: boolean): CanActivate => ({
      canActivate: () => (asked.push(place), answer),
    });
    expect(await denialOf(guard(1, true), guard(2, false), guard(3, true))).toBe(403);
    expect(asked).toEqual([1, 2]);
  });

  it("get the request's own context", async () => {
    const canActivate = jest.fn<CanActivate['canActivate']>(() => true);
    await denialOf({ canActivate });
    expect(canActivate.mock.calls[0]?.[0]).toBe(context);
  });

  it("are the host's own instances where it has them, from any of its modules", async () => {
    const own = answers(false);
    const { get, create, ref } = moduleRef(new Map([[SomeGuard, own]]));
    const guards = new HostGuards([SomeGuard], ref);
    expect([await guards.denial(context), await guards.denial(context)]).toEqual([403, 403]);
    expect(get.mock.calls).toEqual([[SomeGuard, { strict: false }]]);
    expect(create).not.toHaveBeenCalled();
  });

  it('are made once where the host has none', async () => {
    const { create, ref } = moduleRef(new Map(), () => answers(true));
    const guards = new HostGuards([SomeGuard], ref);
    expect(await Promise.all([guards.denial(context), guards.denial(context)])).toEqual([
      undefined,
      undefined,
    ]);
    expect(create).toHaveBeenCalledTimes(1);
  });

  it('deny when they cannot be made, and the log says which and why, once', async () => {
    const error = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const { ref } = moduleRef(new Map(), () => {
      throw new Error('JwtService is missing.');
    });
    const guards = new HostGuards([SomeGuard], ref);
    expect([await guards.denial(context), await guards.denial(context)]).toEqual([403, 403]);
    expect(error.mock.calls).toEqual([
      [
        'Everybody is refused: SomeGuard of access.guards cannot be made. Provide it in a module of yours.',
        expect.stringContaining('JwtService is missing.'),
      ],
    ]);
    error.mockRestore();
  });

  describe('that take their time', () => {
    beforeEach(() => void jest.useFakeTimers());
    afterEach(() => void jest.useRealTimers());

    it.each([
      ['a promise', never],
      ['an Observable', NEVER],
    ])('deny after 2 s: %s', async (_what, answer) => {
      const denial = denialOf(answers(answer));
      const settled = jest.fn();
      void denial.then(settled);
      await jest.advanceTimersByTimeAsync(1_999);
      expect(settled).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(1);
      expect(await denial).toBe(403);
    });

    it('have 2 s together', async () => {
      const slow = (): CanActivate => ({
        canActivate: () => new Promise((resolve) => void setTimeout(() => resolve(true), 1_200)),
      });
      const denial = denialOf(slow(), slow());
      await jest.advanceTimersByTimeAsync(2_000);
      expect(await denial).toBe(403);
      await jest.advanceTimersByTimeAsync(10_000);
    });
  });
});

describe('A deadline', () => {
  it.each([7, Promise.resolve(7)])('leaves an answer as it is, and no timer behind: %p', async (answer) => {
    jest.useFakeTimers();
    expect(await withDeadline(answer)).toBe(7);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('passes a failure on', async () => {
    await expect(withDeadline(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
