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
import { Controller, Delete, Get, HttpCode, HttpStatus, Inject, Post, Req, Res, UseFilters, UseGuards, } from '@nestjs/common';
import { AccessControl, bearerToken } from '../access/access-control.js';
import { admissionOf } from '../access/caller.js';
import { addressOf, isSecure } from '../access/http-request.js';
import { LogConsoleGuard } from '../access/log-console.guard.js';
import { Requires } from '../access/requires.js';
import { setCookieHeader } from '../access/session-cookie.js';
import { headerWith, sendBytes, sendJson } from './host-response.js';
import { LogConsoleExceptionFilter } from './log-console.filter.js';
import { DocumentRoutes, DocumentSession, DocumentSignIn, DocumentSignOut, } from './openapi/documented-routes.js';
import { badRequest, readQuery } from './read-query.js';
import { NoQuery } from './reading.query.js';
import { ServerFacts } from './server-facts.js';
/** Signing in and out, and who one is. */
let SessionController = class SessionController {
    constructor(access, guard, facts) {
        this.access = access;
        this.guard = guard;
        this.facts = facts;
    }
    session(request, response) {
        readQuery(NoQuery, request);
        sendJson(response, HttpStatus.OK, this.#sessionOf(admissionOf(request).caller));
    }
    signIn(request, response) {
        readQuery(NoQuery, request);
        const signedIn = this.access.signIn(tokenOf(request));
        if (!signedIn)
            throw this.guard.denied({ denied: 401, wrongToken: true }, addressOf(request));
        const headers = this.#cookie(signedIn.session, request, response);
        sendJson(response, HttpStatus.OK, this.#sessionOf(signedIn.caller), headers);
    }
    signOut(request, response) {
        readQuery(NoQuery, request);
        const headers = this.#cookie('', request, response);
        sendBytes(response, HttpStatus.NO_CONTENT, headers, []);
    }
    /** Our cookie, beside those the host sets on the same answer. */
    #cookie(session, request, response) {
        const cookie = setCookieHeader(this.access.cookieName, session, isSecure(request));
        return { 'Set-Cookie': headerWith(response, 'Set-Cookie', cookie) };
    }
    #sessionOf(caller) {
        return {
            user: { name: caller.name, role: caller.role },
            can: this.access.abilitiesOf(caller),
            server: { ...this.facts, time: new Date().toISOString() },
        };
    }
};
__decorate([
    Get('api/session'),
    Requires('signed-in'),
    DocumentSession(),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", void 0)
], SessionController.prototype, "session", null);
__decorate([
    Post('api/session'),
    HttpCode(HttpStatus.OK),
    Requires('sign-in'),
    DocumentSignIn(),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", void 0)
], SessionController.prototype, "signIn", null);
__decorate([
    Delete('api/session'),
    HttpCode(HttpStatus.NO_CONTENT),
    Requires('sign-in'),
    DocumentSignOut(),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", void 0)
], SessionController.prototype, "signOut", null);
SessionController = __decorate([
    UseGuards(LogConsoleGuard),
    UseFilters(LogConsoleExceptionFilter),
    DocumentRoutes(),
    Controller(),
    __param(0, Inject(AccessControl)),
    __param(1, Inject(LogConsoleGuard)),
    __param(2, Inject(ServerFacts)),
    __metadata("design:paramtypes", [AccessControl,
        LogConsoleGuard, Object])
], SessionController);
export { SessionController };
function tokenOf(request) {
    const { token } = (request.body ?? {});
    const given = token ?? bearerToken(request);
    if (typeof given === 'string' && given !== '' && given.length <= 1024)
        return given;
    throw badRequest(['token must be a text, in a JSON body { "token": "…" } or as Authorization: Bearer.']);
}
