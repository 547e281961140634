import {
  HttpStatus,
  Inject,
  Injectable,
  NotFoundException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AccessControl, type Identity } from './access-control.js';
import { NOT_SIGNED_IN } from './audit-event.js';
import { Audit } from './audit.js';
import { admit, type Caller } from './caller.js';
import { crossSiteProblem, forgeryProblem } from './cross-site.js';
import { addressOf, type HttpRequest } from './http-request.js';
import { LogConsoleException } from './log-console.exception.js';
import { notLocalProblem } from './local-mode.js';
import { requirementsOf, type Requirement } from './requires.js';
import { type Ability } from './roles.js';
import { routeName } from './route-name.js';

const HEADERS: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
];

interface Refusal {
  readonly exception: LogConsoleException;
  /** Who it is, where that is known. */
  readonly caller?: Caller | undefined;
}

/** The one guard, on every controller of ours: every spelling of a URL meets the same check, HEAD included. */
@Injectable()
export class LogConsoleGuard implements CanActivate {
  constructor(
    @Inject(AccessControl) private readonly access: AccessControl,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    if (this.access.mode.kind === 'closed') throw this.#unknownRoute(request);
    this.#setHeaders(context.switchToHttp().getResponse<object>());
    const refusal = await this.#refusal(context, request);
    if (!refusal) return true;
    const { exception, caller } = refusal;
    const { message } = exception;
    const route = routeName(request, context.getHandler());
    this.audit.denied(request, route, { status: exception.getStatus(), message }, caller);
    throw exception;
  }

  /** Why a request does not pass, and who sent it if that is known; admits it when it does. */
  async #refusal(context: ExecutionContext, request: HttpRequest): Promise<Refusal | undefined> {
    const { mode, options } = this.access;
    const requirements = requirementsOf(context.getHandler());
    if (requirements.length === 0) return forbidden('This route declares no role.');
    const problem = mode.kind === 'local' ? notLocalProblem(request) : undefined;
    if (problem) return forbidden(problem);
    if (requirements.includes('public')) return undefined;
    const forged = crossSiteProblem(request, options.origins);
    if (forged) return forbidden(forged);
    if (requirements.includes('sign-in')) return undefined;

    const identity = await this.access.identify(context);
    if ('denied' in identity) return { exception: this.denied(identity, addressOf(request)) };
    const { caller, byCookie } = identity;
    // An Authorization that did not sign anybody in (a proxy's, or made up) is no reason to trust the cookie.
    const ridden = byCookie ? forgeryProblem(request, options.origins) : undefined;
    if (ridden) return forbidden(ridden, caller);
    const missing = this.#missing(identity, requirements);
    if (missing !== undefined)
      return forbidden(`This needs the ability "${missing}"; your role is ${caller.role}.`, caller);
    admit(request, { caller, recheck: () => this.#recheck(context, requirements) });
    return undefined;
  }

  /** The answer to somebody unknown: 429 instead of 401 for too many wrong tokens from one address. */
  denied(
    { denied, wrongToken }: { denied: 401 | 403; wrongToken: boolean },
    address: string,
  ): LogConsoleException {
    if (denied === 403)
      return new LogConsoleException(HttpStatus.FORBIDDEN, 'Your account has no role here.');
    const wait = wrongToken ? this.access.wrongAttempts.add(address) : undefined;
    if (wait !== undefined) {
      return new LogConsoleException(
        HttpStatus.TOO_MANY_REQUESTS,
        'Too many wrong tokens from this address.',
        { 'Retry-After': String(wait) },
      );
    }
    return new LogConsoleException(
      HttpStatus.UNAUTHORIZED,
      wrongToken ? 'This token is not known.' : NOT_SIGNED_IN,
      { 'WWW-Authenticate': 'Bearer' },
    );
  }

  /** The first of the requirements that somebody does not meet. */
  #missing(
    { caller }: Extract<Identity, { caller: unknown }>,
    requirements: readonly Requirement[],
  ): Requirement | undefined {
    const abilities = this.access.abilitiesOf(caller);
    return requirements.find((it) => it !== 'signed-in' && !abilities.includes(it as Ability));
  }

  async #recheck(
    context: ExecutionContext,
    requirements: readonly Requirement[],
  ): Promise<'signed-out' | 'forbidden' | undefined> {
    try {
      const identity = await this.access.identify(context);
      if ('denied' in identity) return identity.denied === 401 ? 'signed-out' : 'forbidden';
      return this.#missing(identity, requirements) === undefined ? undefined : 'forbidden';
    } catch {
      // Nobody waits for this promise but a timer: a failing check ends the stream, not the process.
      return 'forbidden';
    }
  }

  #setHeaders(response: object): void {
    const adapter = this.host.httpAdapter;
    for (const [name, value] of HEADERS) adapter.setHeader(response, name, value);
    const vary: unknown = adapter.getHeader(response, 'Vary');
    const known = [vary].flat().filter((value) => typeof value === 'string' && value !== '');
    adapter.setHeader(response, 'Vary', [...known, 'Cookie, Authorization'].join(', '));
  }

  /** What Nest answers for a route that does not exist. */
  #unknownRoute(request: HttpRequest): NotFoundException {
    const adapter = this.host.httpAdapter;
    const method = String(adapter.getRequestMethod(request));
    return new NotFoundException(`Cannot ${method} ${String(adapter.getRequestUrl(request))}`);
  }
}

function forbidden(message: string, caller?: Caller): Refusal {
  return { exception: new LogConsoleException(HttpStatus.FORBIDDEN, message), caller };
}
