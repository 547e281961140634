import { Get, type ExecutionContext } from '@nestjs/common';
import { type HttpAdapterHost } from '@nestjs/core';
import { jest } from '@jest/globals';
import { type Audit } from './audit.js';
import { type AccessControl, type Identity } from './access-control.js';
import { admissionOf, type Admission } from './caller.js';
import { LogConsoleGuard } from './log-console.guard.js';
import { Requires } from './requires.js';

class Routes {
  @Requires('read')
  read(): void {
    // A route.
  }

  @Get('take')
  @Requires('export')
  take(): void {
    // A route that a viewer may not use.
  }

  forgotten(): void {
    // A route nobody declared.
  }
}

const caller = { name: 'ann', role: 'viewer', address: '10.0.0.1' } as const;
const known: Identity = { caller, byCookie: false };

/** The guard with an access control that answers in turn, and a request for it. */
function guardThat(...answers: (() => Identity)[]) {
  const request = { method: 'GET', headers: {}, socket: { remoteAddress: caller.address } };
  const access = {
    mode: { kind: 'configured', tokens: [], ignoredVariable: false },
    options: {},
    abilitiesOf: () => ['read'],
    identify: jest.fn(async () => (answers.shift() ?? (() => known))()),
  } as unknown as AccessControl;
  const host = {
    httpAdapter: { setHeader: () => undefined, getHeader: () => undefined },
  } as unknown as HttpAdapterHost;
  const contextOf = (handler: object): ExecutionContext =>
    ({
      switchToHttp: () => ({ getRequest: () => request, getResponse: () => ({}) }),
      getHandler: () => handler,
    }) as unknown as ExecutionContext;
  const audit = { denied: jest.fn<Audit['denied']>() };
  const guard = new LogConsoleGuard(access, host, audit as unknown as Audit);
  return { guard, contextOf, request, audit };
}

async function admission(...rechecks: (() => Identity)[]): Promise<Admission> {
  const { guard, contextOf, request } = guardThat(() => known, ...rechecks);
  expect(await guard.canActivate(contextOf(Routes.prototype.read))).toBe(true);
  return admissionOf(request);
}

describe('The guard', () => {
  it('keeps who was let in for the handler', async () => {
    expect((await admission()).caller).toEqual(caller);
  });

  it('lets nobody into a route that declares nothing', async () => {
    const { guard, contextOf, request } = guardThat();
    await expect(guard.canActivate(contextOf(Routes.prototype.forgotten))).rejects.toMatchObject({
      status: 403,
    });
    expect(() => admissionOf(request)).toThrow('did not pass the guard');
  });

  it.each([
    ['nobody', () => ({ denied: 401 as const, wrongToken: false }), 'Sign in first.', undefined],
    [
      'somebody without the ability',
      () => ({ caller, byCookie: false }),
      'This needs the ability "export"; your role is viewer.',
      caller,
    ],
  ])('tells the audit trail whom it refused, and why: %s', async (_who, answer, message, sender) => {
    const { guard, contextOf, request, audit } = guardThat(answer);
    await expect(guard.canActivate(contextOf(Routes.prototype.take))).rejects.toThrow(message);
    const told = expect.objectContaining({ message }) as { message: string; status: number };
    expect(audit.denied.mock.calls).toEqual([[request, 'GET /take', told, sender]]);
  });

  it('tells the audit trail nothing of who was let in', async () => {
    const { guard, contextOf, audit } = guardThat();
    await guard.canActivate(contextOf(Routes.prototype.read));
    expect(audit.denied).not.toHaveBeenCalled();
  });

  it.each([
    ['nothing, while the rights are there', () => known, undefined],
    ['signed-out', () => ({ denied: 401 as const, wrongToken: false }), 'signed-out'],
    ['forbidden', () => ({ denied: 403 as const, wrongToken: false }), 'forbidden'],
    [
      'forbidden, when the check itself fails',
      () => {
        throw new Error('broken');
      },
      'forbidden',
    ],
  ])('tells an open stream: %s', async (_what, answer, reason) => {
    const { recheck } = await admission(answer);
    expect(await recheck()).toBe(reason);
  });
});
