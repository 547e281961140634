import {
  ForbiddenException,
  HttpException,
  Inject,
  Injectable,
  SetMetadata,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { jest } from '@jest/globals';
import { EMPTY, NEVER, of, throwError } from 'rxjs';
import { type AccessOptions } from 'nestjs-log-console';
import { ADAPTERS, createHost, type Host, type HostOptions } from '../support/host-app.js';
import { request, type Reply } from '../support/http-client.js';
import { bearer, OPERATOR } from './people.js';

/** What the host's own sign-in finds out, here from a header: `x-user: {"name":"ann","role":"admin"}`. */
interface HostRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  user?: unknown;
}

function signInBy(context: ExecutionContext): boolean {
  const hostRequest = context.switchToHttp().getRequest<HostRequest>();
  const user = hostRequest.headers['x-user'];
  if (user === undefined) throw new UnauthorizedException('The host says no.');
  hostRequest.user = JSON.parse(user);
  return true;
}

@Injectable()
class Visits {
  count = 0;
}

/** A guard of the host that needs the host's own service. */
@Injectable()
class HostGuard implements CanActivate {
  static made = 0;
  constructor(@Inject(Visits) private readonly visits: Visits) {
    HostGuard.made++;
  }

  canActivate(context: ExecutionContext): boolean {
    this.visits.count++;
    return signInBy(context);
  }
}

@Injectable()
class NeedsNothing implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return signInBy(context);
  }
}

const ForAll = SetMetadata('for-all', true);

/** Refuses every controller that is not marked. */
@Injectable()
class OnlyForAll implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    return this.reflector.getAllAndOverride('for-all', [context.getHandler(), context.getClass()]) ?? false;
  }
}

const asGuard = (canActivate: CanActivate['canActivate']): CanActivate => ({ canActivate });
const signIn = asGuard(signInBy);

describe.each(ADAPTERS)("The host's own guards, on %s", (adapter) => {
  let host: Host;

  async function start(access: AccessOptions, { options, ...others }: HostOptions = {}): Promise<void> {
    host = await createHost(adapter, { options: { access, ...options }, ...others });
  }

  function ask(user?: unknown, path = 'session', headers: Record<string, string> = {}): Promise<Reply> {
    const sent: Record<string, string> = user === undefined ? {} : { 'x-user': JSON.stringify(user) };
    return request(`${host.url}/log-console/api/${path}`, { headers: { ...headers, ...sent } });
  }

  afterEach(() => host.close());

  it("let in whom they know, with the host's own instance", async () => {
    HostGuard.made = 0;
    await start({ guards: [HostGuard] }, { providers: [Visits, HostGuard] });
    expect(await ask({ name: 'ann', role: 'operator' })).toMatchObject({
      status: 200,
      json: { user: { name: 'ann', role: 'operator' } },
    });
    expect(await ask()).toMatchObject({ status: 401 });
    expect(host.app.get(Visits).count).toBe(2);
    expect(HostGuard.made).toBe(1);
  });

  it('are made once when the host made none', async () => {
    await start({ guards: [NeedsNothing] });
    for (const role of ['viewer', 'admin'])
      expect(await ask({ name: 'ann', role })).toMatchObject({ json: { user: { role } } });
  });

  it('refuse everybody when they cannot be made, and the log says why', async () => {
    const error = jest.fn<(message: unknown) => void>();
    const forward = { log: jest.fn(), warn: jest.fn(), error };
    await start({ guards: [HostGuard] }, { options: { forward } });
    for (let turn = 0; turn < 2; turn++) expect(await ask({ role: 'admin' })).toMatchObject({ status: 403 });
    expect(error.mock.calls.map(([message]) => message)).toEqual([
      'Everybody is refused: HostGuard of access.guards cannot be made. Provide it in a module of yours.',
    ]);
  });

  it('may be instances, and answer later or through an Observable', async () => {
    for (const guard of [
      signIn,
      asGuard((context) => Promise.resolve(signInBy(context))),
      asGuard((context) => of(signInBy(context))),
      asGuard(async (context) => of(signInBy(context)) as unknown as boolean),
    ]) {
      await start({ guards: [guard] });
      expect(await ask({ name: 'ann', role: 'viewer' })).toMatchObject({ status: 200 });
      await host.close();
    }
    await start({ guards: [signIn] });
  });

  it('must all agree, in their order', async () => {
    const calls: string[] = [];
    const say = (name: string, answer: boolean) => asGuard(() => (calls.push(name), answer));
    await start({ guards: [signIn, say('second', true), say('third', false), say('fourth', true)] });
    expect(await ask({ role: 'admin' })).toMatchObject({ status: 403 });
    expect(calls).toEqual(['second', 'third']);
  });

  it.each([
    [403, 'false', () => false],
    [403, 'a promise of false', () => Promise.resolve(false)],
    [403, 'an Observable of false', () => of(false)],
    [403, 'a promise of an Observable of false', () => Promise.resolve(of(false))],
    [403, 'an Observable that changes its mind', () => of(true, false)],
    [403, 'an Observable of nothing', () => EMPTY],
    [403, 'nothing', () => undefined],
    [401, 'a 401', () => fail(new UnauthorizedException())],
    [401, 'a 401 later', () => Promise.reject(new UnauthorizedException())],
    [401, 'a 401 in an Observable', () => throwError(() => new HttpException('no', 401))],
    [403, 'a 403', () => fail(new ForbiddenException())],
    [403, 'a 500', () => fail(new HttpException('broken', 500))],
    [403, 'an error', () => fail(new TypeError('x is not a function'))],
    [403, 'a text', () => fail('no')],
    [403, 'null', () => fail(null)],
  ])('deny with %d: %s', async (status, _what, canActivate) => {
    const guard = asGuard(canActivate as () => boolean);
    await start({ guards: [signIn, guard], role: () => 'admin' });
    for (const path of ['session', 'entries', 'stream', 'tail', 'export', 'stats']) {
      const reply = await ask({ role: 'admin' }, path);
      expect({ path, status: reply.status }).toEqual({ path, status });
      expect(reply.json).toEqual(
        status === 401
          ? { statusCode: 401, message: 'Sign in first.', error: 'Unauthorized' }
          : { statusCode: 403, message: 'Your account has no role here.', error: 'Forbidden' },
      );
    }
  });

  it('deny when they, or the role function, never answer', async () => {
    const never = new Promise<never>(() => undefined);
    await start({ guards: [signIn], role: () => never });
    const role = ask({ role: 'admin' });
    const others = await Promise.all(
      [() => never, () => NEVER].map(async (silent) =>
        createHost(adapter, { options: { access: { guards: [signIn, asGuard(silent)] } } }),
      ),
    );
    const url = '/log-console/api/stream';
    const headers = { 'x-user': '{"role":"admin"}' };
    const replies = await Promise.all([
      role,
      ...others.map((other) => request(other.url + url, { headers })),
    ]);
    for (const other of others) await other.close();
    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  describe('decide the role', () => {
    it.each([
      [{ role: 'viewer' }, 'viewer'],
      [{ role: ['viewer', 'operator'] }, 'operator'],
      [{ roles: ['staff', 'admin', 'viewer'] }, 'admin'],
      [{ roles: 'operator' }, 'operator'],
      [{ roles: ['viewer'], role: 'admin' }, 'admin'],
    ])('%j is %s', async (user, role) => {
      await start({ guards: [signIn] });
      expect(await ask(user)).toMatchObject({ status: 200, json: { user: { role } } });
    });

    it.each([
      [{}],
      [{ role: 'root' }],
      [{ roles: [] }],
      [{ roles: ['Admin', 'ADMIN', ' admin'] }],
      [{ roles: { admin: true } }],
      [{ roles: [['admin']] }],
      [{ role: null }],
      [null],
      ['admin'],
      [7],
    ])('%j has none', async (user) => {
      await start({ guards: [signIn] });
      expect(await ask(user)).toMatchObject({ status: 403 });
    });

    it('by a function of the host, which gets the user and the request', async () => {
      const role = jest.fn<NonNullable<AccessOptions['role']>>((user) =>
        Promise.resolve((user as { isBoss: boolean }).isBoss ? 'admin' : undefined),
      );
      await start({ guards: [signIn], role });
      expect(await ask({ isBoss: true, name: 'eve' })).toMatchObject({
        json: { user: { name: 'eve', role: 'admin' } },
      });
      expect(await ask({ isBoss: false, role: 'admin' })).toMatchObject({ status: 403 });
      expect(role.mock.calls[0]?.[1]).toMatchObject({
        headers: { 'x-user': '{"isBoss":true,"name":"eve"}' },
      });
    });

    it.each([
      ['nothing', () => undefined],
      ['null', () => null],
      ['a role nobody knows', () => 'root'],
      ['another spelling', () => 'Admin'],
      ['a list', () => ['admin']],
      ['true', () => true],
      ['an error', () => fail(new Error('no database'))],
      ['a 401', () => fail(new UnauthorizedException())],
      ['an error later', () => Promise.reject(new Error('no database'))],
      ['nothing later', () => Promise.resolve(undefined)],
    ])('a function that answers %s denies', async (_what, role) => {
      await start({ guards: [signIn], role: role as () => undefined });
      for (const path of ['session', 'stream'])
        expect(await ask({ role: 'admin' }, path)).toMatchObject({
          status: 403,
          json: { message: 'Your account has no role here.' },
        });
    });

    it.each([
      [{ username: 'ann', email: 'ann@example.com' }, 'ann'],
      [{ email: 'ann@example.com', sub: '7' }, 'ann@example.com'],
      [{ id: 7 }, '7'],
      [{ name: { first: 'ann' } }, 'user'],
      [{ name: '' }, 'user'],
      [{ name: 'x'.repeat(500) }, 'x'.repeat(128)],
    ])('names %j %s', async (user, name) => {
      await start({ guards: [signIn], role: () => 'viewer' });
      expect(await ask(user)).toMatchObject({ status: 200, json: { user: { name } } });
    });
  });

  describe('that are global', () => {
    const onlyForUsers = asGuard((context) => {
      const { headers } = context.switchToHttp().getRequest<HostRequest>();
      return headers['x-user'] === undefined || signInBy(context);
    });

    it('are enough, when access.role says what their users may do', async () => {
      await start(
        { role: (user) => (user as { role: 'viewer' }).role },
        { providers: [{ provide: APP_GUARD, useValue: onlyForUsers }] },
      );
      expect(await ask({ name: 'ann', role: 'viewer' })).toMatchObject({
        status: 200,
        json: { user: { name: 'ann', role: 'viewer' }, can: ['read'] },
      });
      expect(await ask()).toMatchObject({ status: 401 });
      expect(await ask({ name: 'ann', role: 'guest' })).toMatchObject({ status: 403 });
    });

    it('see the decorators put on the console', async () => {
      const locked = { providers: [{ provide: APP_GUARD, useClass: OnlyForAll }] };
      await start({ tokens: [OPERATOR] }, { ...locked, options: { decorators: [ForAll] } });
      expect(await ask(undefined, 'session', bearer(OPERATOR))).toMatchObject({ status: 200 });
      expect(await request(`${host.url}/log-console`)).toMatchObject({ status: 200 });
      await host.close();
      await start({ tokens: [OPERATOR] }, locked);
      expect(await ask(undefined, 'session', bearer(OPERATOR))).toMatchObject({ status: 403 });
    });
  });

  describe('beside tokens', () => {
    it('let in by either', async () => {
      await start({ guards: [signIn], tokens: [OPERATOR] });
      expect(await ask({ name: 'ann', role: 'viewer' })).toMatchObject({ json: { user: { name: 'ann' } } });
      expect(await ask(undefined, 'session', bearer(OPERATOR))).toMatchObject({
        json: { user: { name: 'operator-1' } },
      });
      expect(await ask()).toMatchObject({ status: 401 });
    });

    it('slow wrong tokens down too, and not the users of the host', async () => {
      await start({ guards: [signIn], tokens: [OPERATOR] });
      const theirs = { authorization: `Bearer ${'host-jwt'.repeat(5)}` };
      const statuses = [];
      for (let turn = 0; turn < 11; turn++) statuses.push((await ask(undefined, 'stats', theirs)).status);
      expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
      expect(await ask({ role: 'viewer' }, 'stats', theirs)).toMatchObject({ status: 200 });
    });
  });

  it('are not slowed down over a bearer that is theirs alone', async () => {
    await start({ guards: [signIn] });
    const theirs = { authorization: `Bearer ${'host-jwt'.repeat(5)}` };
    for (let turn = 0; turn < 12; turn++)
      expect(await ask(undefined, 'stats', theirs)).toMatchObject({ status: 401 });
  });

  it('are asked for everything but the page, its assets and signing in', async () => {
    const guard = jest.fn(() => true);
    await start({ guards: [asGuard(guard)], role: () => 'admin' });
    await request(`${host.url}/log-console`);
    await request(`${host.url}/log-console/assets/unknown.js`);
    await request(`${host.url}/log-console/api/session`, {
      method: 'DELETE',
      headers: { 'x-log-console': '1' },
    });
    expect(guard).not.toHaveBeenCalled();
    await ask(undefined, 'entries');
    expect(guard).toHaveBeenCalledTimes(1);
  });
});

function fail(error: unknown): never {
  throw error;
}
