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
import { admit } from './caller.js';
import { crossSiteProblem, forgeryProblem } from './cross-site.js';
import { addressOf, type HttpRequest } from './http-request.js';
import { LogConsoleException } from './log-console.exception.js';
import { notLocalProblem } from './local-mode.js';
import { requirementsOf, type Requirement } from './requires.js';
import { type Ability } from './roles.js';

const HEADERS: readonly (readonly [string, string])[] = [
  ['Cache-Control', 'no-store'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
];

/** The one guard, on every controller of ours: every spelling of a URL meets the same check, HEAD included. */
@Injectable()
export class LogConsoleGuard implements CanActivate {
  constructor(
    @Inject(AccessControl) private readonly access: AccessControl,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const { mode, options } = this.access;
    if (mode.kind === 'closed') throw this.#unknownRoute(request);
    this.#setHeaders(context.switchToHttp().getResponse<object>());

    const requirements = requirementsOf(context.getHandler());
    if (requirements.length === 0)
      throw new LogConsoleException(HttpStatus.FORBIDDEN, 'This route declares no role.');
    const problem = mode.kind === 'local' ? notLocalProblem(request) : undefined;
    if (problem) throw new LogConsoleException(HttpStatus.FORBIDDEN, problem);
    if (requirements.includes('public')) return true;
    const forged = crossSiteProblem(request, options.origins);
    if (forged) throw new LogConsoleException(HttpStatus.FORBIDDEN, forged);
    if (requirements.includes('sign-in')) return true;

    const identity = await this.access.identify(context);
    if ('denied' in identity) throw this.denied(identity, addressOf(request));
    // An Authorization that did not sign anybody in (a proxy's, or made up) is no reason to trust the cookie.
    const ridden = identity.byCookie ? forgeryProblem(request, options.origins) : undefined;
    if (ridden) throw new LogConsoleException(HttpStatus.FORBIDDEN, ridden);
    const missing = this.#missing(identity, requirements);
    if (missing !== undefined) {
      throw new LogConsoleException(
        HttpStatus.FORBIDDEN,
        `This needs the ability "${missing}"; your role is ${identity.caller.role}.`,
      );
    }
    admit(request, { caller: identity.caller, recheck: () => this.#recheck(context, requirements) });
    return true;
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
      wrongToken ? 'This token is not known.' : 'Sign in first.',
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
