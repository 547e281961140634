import { Delete, Get, HttpCode, HttpStatus, Inject, Post, Req, Res } from '@nestjs/common';
import { AccessControl, bearerToken } from '../access/access-control.js';
import { signedIn as signedInEvent } from '../access/audit-event.js';
import { Audit } from '../access/audit.js';
import { admissionOf, type Caller } from '../access/caller.js';
import { addressOf, isSecure, type HttpRequest } from '../access/http-request.js';
import { LogConsoleGuard } from '../access/log-console.guard.js';
import { Requires } from '../access/requires.js';
import { type Ability } from '../access/roles.js';
import { setCookieHeader } from '../access/session-cookie.js';
import { GuardedController } from './guarded-controller.js';
import { headerWith, sendBytes, sendJson, type HostResponse } from './host-response.js';
import {
  DocumentRoutes,
  DocumentSession,
  DocumentSignIn,
  DocumentSignOut,
} from './openapi/documented-routes.js';
import { badRequest, readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';
import { ServerFacts } from './server-facts.js';

/** Who is signed in, what they may do, and which server this is. */
export interface Session {
  readonly user: Pick<Caller, 'name' | 'role'>;
  readonly can: readonly Ability[];
  readonly server: ServerFacts & { readonly time: string };
}

/** Signing in and out, and who one is. */
@GuardedController()
@DocumentRoutes()
export class SessionController {
  constructor(
    @Inject(AccessControl) private readonly access: AccessControl,
    @Inject(LogConsoleGuard) private readonly guard: LogConsoleGuard,
    @Inject(ServerFacts) private readonly facts: ServerFacts,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  @Get('api/session')
  @Requires('signed-in')
  @DocumentSession()
  session(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    sendJson(response as HostResponse, HttpStatus.OK, this.#sessionOf(admissionOf(request).caller));
  }

  @Post('api/session')
  @HttpCode(HttpStatus.OK)
  @Requires('sign-in')
  @DocumentSignIn()
  signIn(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    const signedIn = this.access.signIn(tokenOf(request));
    if (!signedIn) {
      const refusal = this.guard.denied({ denied: 401, wrongToken: true }, addressOf(request));
      this.audit.signInFailed(request, refusal);
      throw refusal;
    }
    this.audit.record(this.audit.by(request, signedIn.caller), signedInEvent());
    const headers = this.#cookie(signedIn.session, request, response as HostResponse);
    sendJson(response as HostResponse, HttpStatus.OK, this.#sessionOf(signedIn.caller), headers);
  }

  @Delete('api/session')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Requires('sign-in')
  @DocumentSignOut()
  signOut(@Req() request: HttpRequest, @Res() response: object): void {
    readQuery(NoQuery, request);
    const headers = this.#cookie('', request, response as HostResponse);
    sendBytes(response as HostResponse, HttpStatus.NO_CONTENT, headers, []);
  }

  /** Our cookie, beside those the host sets on the same answer. */
  #cookie(session: string, request: HttpRequest, response: HostResponse): { 'Set-Cookie': string[] } {
    const cookie = setCookieHeader(this.access.cookieName, session, isSecure(request));
    return { 'Set-Cookie': headerWith(response, 'Set-Cookie', cookie) };
  }

  #sessionOf(caller: Pick<Caller, 'name' | 'role'>): Session {
    return {
      user: { name: caller.name, role: caller.role },
      can: this.access.abilitiesOf(caller),
      server: { ...this.facts, time: new Date().toISOString() },
    };
  }
}

function tokenOf(request: HttpRequest): string {
  const { token } = (request.body ?? {}) as { token?: unknown };
  const given = token ?? bearerToken(request);
  if (typeof given === 'string' && given !== '' && given.length <= 1024) return given;
  throw badRequest(['token must be a text, in a JSON body { "token": "…" } or as Authorization: Bearer.']);
}
