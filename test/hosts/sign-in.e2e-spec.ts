import {
  Body,
  Controller,
  Inject,
  Injectable,
  Post,
  Req,
  SetMetadata,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { JwtModule, JwtService } from '@nestjs/jwt';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import { json } from 'express';
import session from 'express-session';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { request } from '../support/http-client.js';
import { describeHost } from './describe-host.js';
import { consoleAt, startHost, type RunningHost } from './running-host.js';

const Public = () => SetMetadata('public', true);
const secret = 'a secret of the host, long enough for a session';
const SECOND_MS = 1000;

interface HostRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  session?: { user?: unknown };
  user?: unknown;
}

/** As in Nest's documentation: bearer tokens, and what is marked is open to all. */
@Injectable()
class JwtAuthGuard implements CanActivate {
  constructor(
    @Inject(JwtService) private readonly jwt: JwtService,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride('public', [context.getHandler(), context.getClass()])) return true;
    const hostRequest = context.switchToHttp().getRequest<HostRequest>();
    const [, token = ''] = hostRequest.headers.authorization?.split(' ') ?? [];
    try {
      hostRequest.user = await this.jwt.verifyAsync(token);
    } catch {
      throw new UnauthorizedException('The host does not know you.');
    }
    return true;
  }
}

/** Of the host: gives out its own tokens, and its own sessions. */
@Public()
@Controller('login')
class LoginController {
  constructor(@Inject(JwtService) private readonly jwt: JwtService) {}

  @Post('token')
  async token(@Body() user: object): Promise<object> {
    return { token: await this.jwt.signAsync({ ...user, iat: Math.floor(Date.now() / SECOND_MS) - 60 }) };
  }

  @Post('session')
  session(@Body() user: object, @Req() hostRequest: HostRequest): void {
    hostRequest.session!.user = user;
  }

  @Post('end')
  end(@Req() hostRequest: HostRequest): void {
    delete hostRequest.session!.user;
  }
}

const operator = { username: 'operator-1', role: 'operator' };
const jwt = {
  imports: [JwtModule.register({ secret, signOptions: { expiresIn: '1h' } })],
  controllers: [LoginController],
};

async function tokenOf(url: string, user: object): Promise<Record<string, string>> {
  const { json } = await request(`${url}/login/token`, { method: 'POST', body: user });
  return { authorization: `Bearer ${(json as { token: string }).token}` };
}

async function statusesOf(host: RunningHost, headers: Record<string, string>): Promise<number[]> {
  const paths = ['/api/session', '/api/entries', '/api/export'];
  const replies = await Promise.all(paths.map((path) => request(consoleAt(host, path), { headers })));
  return replies.map(({ status }) => status);
}

describeHost(
  'a guard for JSON Web Tokens that the console uses',
  (adapter) =>
    startHost(adapter, {
      ...jwt,
      providers: [JwtAuthGuard],
      options: { access: { guards: [JwtAuthGuard] } },
      signIn: (url) => tokenOf(url, operator),
    }),
  (host) => {
    it("takes the host's word for who somebody is, and what they may do", async () => {
      const { url } = host();
      expect(await statusesOf(host(), await tokenOf(url, { sub: 'ann', role: 'viewer' }))).toEqual([
        200, 200, 403,
      ]);
      expect(await statusesOf(host(), await tokenOf(url, { sub: 'bob' }))).toEqual([403, 403, 403]);
      const overdue = { ...operator, exp: Math.floor(Date.now() / SECOND_MS) - 1 };
      expect(await statusesOf(host(), bearer({ token: await sign(overdue) }))).toEqual([401, 401, 401]);
      expect(await statusesOf(host(), bearer({ token: await sign(operator, 'another') }))).toEqual([
        401, 401, 401,
      ]);
    });
  },
);

function sign(user: object, withSecret = secret): Promise<string> {
  return new JwtService({ secret: withSecret }).signAsync(user);
}

const globalGuard = { ...jwt, providers: [{ provide: APP_GUARD, useClass: JwtAuthGuard }] };
const unknownToHost = { statusCode: 401, message: 'The host does not know you.', error: 'Unauthorized' };

describeHost(
  'a global guard, and the console marked as open to all',
  (adapter) =>
    startHost(adapter, {
      ...globalGuard,
      options: { access: { tokens: PEOPLE }, decorators: [Public()] },
      // For the host's own routes; the console knows its cookie.
      signIn: async (url) => {
        const signedIn = await request(`${url}/log-console/api/session`, {
          method: 'POST',
          headers: bearer(OPERATOR),
        });
        return { ...(await tokenOf(url, operator)), cookie: signedIn.headers['set-cookie']![0] };
      },
    }),
  (host) => {
    it('guards its own routes, and leaves the console to its own guard', async () => {
      expect(await request(`${host().url}/orders`)).toMatchObject({ status: 401, json: unknownToHost });
      expect(await request(consoleAt(host()))).toMatchObject({ status: 200 });
      expect(await statusesOf(host(), bearer(OPERATOR))).toEqual([200, 200, 200]);
    });
  },
);

describeHost(
  'a global guard whose users the console takes',
  (adapter) =>
    startHost(adapter, {
      ...globalGuard,
      options: { access: { role: (user) => (user as { role: 'operator' }).role } },
      signIn: (url) => tokenOf(url, operator),
      stranger: unknownToHost,
    }),
  (host) => {
    it('guards the page as well', async () => {
      expect(await request(consoleAt(host()))).toMatchObject({ status: 401, json: unknownToHost });
    });
  },
);

/** Knows who signed in with the host, by its session. */
const sessionGuard: CanActivate = {
  canActivate: (context) => {
    const hostRequest = context.switchToHttp().getRequest<HostRequest>();
    hostRequest.user = hostRequest.session?.user;
    if (!hostRequest.user) throw new UnauthorizedException();
    return true;
  },
};

async function sessionOf(url: string, user: object): Promise<Record<string, string>> {
  const { headers } = await request(`${url}/login/session`, { method: 'POST', body: user });
  return { cookie: headers['set-cookie']![0].split(';')[0] };
}

describeHost(
  'sessions of its own, in a cookie',
  (adapter) =>
    startHost(adapter, {
      ...jwt,
      options: { access: { guards: [sessionGuard] } },
      signIn: (url) => sessionOf(url, operator),
      prepare: async (app) => {
        if (adapter === 'express') {
          app.use(session({ secret, resave: false, saveUninitialized: false }));
        } else {
          const fastify = (app as NestFastifyApplication).getHttpAdapter().getInstance();
          await fastify.register(fastifyCookie);
          await fastify.register(fastifySession, { secret, cookie: { secure: false } });
        }
      },
    }),
  (host) => {
    it('needs the header no form can send for what changes something', async () => {
      const remove = (headers: object) =>
        request(consoleAt(host(), '/api/entries'), {
          method: 'DELETE',
          headers: { ...host().operator, ...headers },
        });
      expect(await remove({})).toMatchObject({ status: 403 });
      expect(await remove({ 'x-log-console': '1' })).toMatchObject({ status: 200 });
    });

    it('is closed to who has signed out of the host', async () => {
      const { url } = host();
      const ann = await sessionOf(url, { username: 'ann', role: 'operator' });
      expect(await statusesOf(host(), ann)).toEqual([200, 200, 200]);
      await request(`${url}/login/end`, { method: 'POST', headers: ann });
      expect(await statusesOf(host(), ann)).toEqual([401, 401, 401]);
    });
  },
);

describeHost(
  'bodyParser: false',
  (adapter) => startHost(adapter, { create: { bodyParser: false } }),
  (host, adapter) => {
    const signIn = (options: object) =>
      request(consoleAt(host(), '/api/session'), { method: 'POST', ...options });

    it('signs in by Authorization', async () => {
      const { status, headers } = await signIn({ headers: bearer(OPERATOR) });
      expect(status).toBe(200);
      const cookie = headers['set-cookie']![0].split(';')[0];
      expect(await request(consoleAt(host(), '/api/session'), { headers: { cookie } })).toMatchObject({
        json: { user: { name: 'operator-1' } },
      });
    });

    it('signs in by a token in the body only where something reads it, and says so otherwise', async () => {
      const { token } = OPERATOR;
      const { status, json } = await signIn({ body: { token }, headers: { 'x-log-console': '1' } });
      if (adapter === 'fastify') {
        expect({ status, json }).toMatchObject({ status: 200, json: { user: { name: 'operator-1' } } });
      } else {
        expect({ status, json }).toEqual({
          status: 400,
          json: {
            statusCode: 400,
            error: 'Bad Request',
            message: 'token must be a text, in a JSON body { "token": "…" } or as Authorization: Bearer.',
          },
        });
      }
    });

    it.each([
      ['a form', `token=${OPERATOR.token}`, 'application/x-www-form-urlencoded'],
      ['text', OPERATOR.token, 'text/plain'],
      ['half a JSON', '{"token":', 'application/json'],
    ])('refuses %s with a reason', async (_what, body, type) => {
      const reply = await signIn({ body, headers: { 'content-type': type, 'x-log-console': '1' } });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(reply.status).toBeLessThan(500);
      expect(reply.json).toMatchObject({ message: expect.any(String) as unknown });
    });
  },
);

describe('A host with bodyParser: false, on express', () => {
  it('signs in by a token in the body once it reads that for the console', async () => {
    const { url, close } = await startHost('express', {
      create: { bodyParser: false },
      prepare: (app) => app.use('/log-console/api/session', json()),
    });
    const reply = await request(`${url}/log-console/api/session`, {
      method: 'POST',
      headers: { 'x-log-console': '1' },
      body: { token: OPERATOR.token },
    });
    expect(reply).toMatchObject({ status: 200, json: { user: { name: 'operator-1' } } });
    await close();
  });
});
