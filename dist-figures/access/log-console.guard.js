var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
var __param = (this && this.__param) || function (paramIndex, decorator) {
    return function (target, key) { decorator(target, key, paramIndex); }
};
import { HttpStatus, Inject, Injectable, NotFoundException, } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AccessControl } from './access-control.js';
import { admit } from './caller.js';
import { crossSiteProblem, forgeryProblem } from './cross-site.js';
import { addressOf } from './http-request.js';
import { LogConsoleException } from './log-console.exception.js';
import { notLocalProblem } from './local-mode.js';
import { requirementOf } from './requires.js';
const HEADERS = [
    ['Cache-Control', 'no-store'],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'no-referrer'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
];
/** The one guard, on every controller of ours: every spelling of a URL meets the same check, HEAD included. */
let LogConsoleGuard = class LogConsoleGuard {
    constructor(access, host) {
        this.access = access;
        this.host = host;
    }
    async canActivate(context) {
        const request = context.switchToHttp().getRequest();
        const { mode, options } = this.access;
        if (mode.kind === 'closed')
            throw this.#unknownRoute(request);
        this.#setHeaders(context.switchToHttp().getResponse());
        const requirement = requirementOf(context.getHandler());
        if (requirement === undefined)
            throw new LogConsoleException(HttpStatus.FORBIDDEN, 'This route declares no role.');
        const problem = mode.kind === 'local' ? notLocalProblem(request) : undefined;
        if (problem)
            throw new LogConsoleException(HttpStatus.FORBIDDEN, problem);
        if (requirement === 'public')
            return true;
        const forged = crossSiteProblem(request, options.origins);
        if (forged)
            throw new LogConsoleException(HttpStatus.FORBIDDEN, forged);
        if (requirement === 'sign-in')
            return true;
        const identity = await this.access.identify(context);
        if ('denied' in identity)
            throw this.denied(identity, addressOf(request));
        // An Authorization that did not sign anybody in (a proxy's, or made up) is no reason to trust the cookie.
        const ridden = identity.byCookie ? forgeryProblem(request, options.origins) : undefined;
        if (ridden)
            throw new LogConsoleException(HttpStatus.FORBIDDEN, ridden);
        if (!this.#may(identity, requirement)) {
            throw new LogConsoleException(HttpStatus.FORBIDDEN, `This needs the ability "${requirement}"; your role is ${identity.caller.role}.`);
        }
        admit(request, { caller: identity.caller, recheck: () => this.#recheck(context, requirement) });
        return true;
    }
    /** The answer to somebody unknown: 429 instead of 401 for too many wrong tokens from one address. */
    denied({ denied, wrongToken }, address) {
        if (denied === 403)
            return new LogConsoleException(HttpStatus.FORBIDDEN, 'Your account has no role here.');
        const wait = wrongToken ? this.access.wrongAttempts.add(address) : undefined;
        if (wait !== undefined) {
            return new LogConsoleException(HttpStatus.TOO_MANY_REQUESTS, 'Too many wrong tokens from this address.', { 'Retry-After': String(wait) });
        }
        return new LogConsoleException(HttpStatus.UNAUTHORIZED, wrongToken ? 'This token is not known.' : 'Sign in first.', { 'WWW-Authenticate': 'Bearer' });
    }
    #may(identity, requirement) {
        return (requirement === 'signed-in' || this.access.abilitiesOf(identity.caller).includes(requirement));
    }
    async #recheck(context, requirement) {
        try {
            const identity = await this.access.identify(context);
            if ('denied' in identity)
                return identity.denied === 401 ? 'signed-out' : 'forbidden';
            return this.#may(identity, requirement) ? undefined : 'forbidden';
        }
        catch {
            // Nobody waits for this promise but a timer: a failing check ends the stream, not the process.
            return 'forbidden';
        }
    }
    #setHeaders(response) {
        const adapter = this.host.httpAdapter;
        for (const [name, value] of HEADERS)
            adapter.setHeader(response, name, value);
        const vary = adapter.getHeader(response, 'Vary');
        const known = [vary].flat().filter((value) => typeof value === 'string' && value !== '');
        adapter.setHeader(response, 'Vary', [...known, 'Cookie, Authorization'].join(', '));
    }
    /** What Nest answers for a route that does not exist. */
    #unknownRoute(request) {
        const adapter = this.host.httpAdapter;
        const method = String(adapter.getRequestMethod(request));
        return new NotFoundException(`Cannot ${method} ${String(adapter.getRequestUrl(request))}`);
    }
};
LogConsoleGuard = __decorate([
    Injectable(),
    __param(0, Inject(AccessControl)),
    __param(1, Inject(HttpAdapterHost)),
    __metadata("design:paramtypes", [AccessControl,
        HttpAdapterHost])
], LogConsoleGuard);
export { LogConsoleGuard };
