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
import { Controller, Get, HttpStatus, NotFoundException, Req, Res, UseFilters, UseGuards, } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { header, rawRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { LogConsoleGuard } from '../access/log-console.guard.js';
import { Requires } from '../access/requires.js';
import { CONSOLE_ASSETS, CONSOLE_PAGE } from './console-assets.generated.js';
import { headerWith, sendBytes } from './host-response.js';
import { LogConsoleExceptionFilter } from './log-console.filter.js';
const PAGE_HEADERS = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()',
    'X-Robots-Tag': 'noindex',
};
/** The browser console: a page and its assets, from memory. No directory is served; an asset is found by its exact name. */
let PageController = class PageController {
    page(request, response) {
        const body = Buffer.from(CONSOLE_PAGE.html.replaceAll('./assets/', `${assetBase(rawRequest(request).url ?? '')}assets/`));
        const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
        sendCacheable({ request, response: response }, { ...PAGE_HEADERS, ETag: etag }, body);
    }
    asset(request, response) {
        // Not by @Param(): a pipe of the host would get at it.
        const asset = CONSOLE_ASSETS.find(({ name }) => name === request.params?.name);
        if (!asset)
            throw new LogConsoleException(HttpStatus.NOT_FOUND, 'There is no asset of this name.');
        const gzip = /\bgzip\b/.test(header(request, 'accept-encoding') ?? '');
        const stored = Buffer.from(asset.gzip, 'base64');
        const headers = {
            'Content-Type': asset.type,
            'Cache-Control': 'private, max-age=31536000, immutable',
            Vary: headerWith(response, 'Vary', 'Accept-Encoding').join(', '),
            ETag: `"${asset.etag}${gzip ? '' : '-plain'}"`,
            ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
        };
        sendCacheable({ request, response: response }, headers, gzip ? stored : gunzipSync(stored));
    }
};
__decorate([
    Get(),
    Requires('public'),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", void 0)
], PageController.prototype, "page", null);
__decorate([
    Get('assets/:name'),
    Requires('public'),
    __param(0, Req()),
    __param(1, Res()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object, Object]),
    __metadata("design:returntype", void 0)
], PageController.prototype, "asset", null);
PageController = __decorate([
    UseGuards(LogConsoleGuard),
    UseFilters(LogConsoleExceptionFilter),
    ApiExcludeController(),
    Controller()
], PageController);
export { PageController };
/**
 * Gives a mounted page its route with a final slash: Fastify tells `B/` from `B`. Not for Express, which does not, and
 * warns of this spelling of a wildcard.
 */
export function addSlashRoute(mounted) {
    const prototype = mounted.prototype;
    const route = function (request, response) {
        if (request.params?.['*'] !== '') {
            throw new NotFoundException(`Cannot ${request.method} ${rawRequest(request).url ?? ''}`);
        }
        this.page(request, response);
    };
    const descriptor = { value: route, configurable: true, writable: true };
    Object.defineProperty(prototype, 'pageWithSlash', descriptor);
    Get('*')(prototype, 'pageWithSlash', descriptor);
    Requires('public')(prototype, 'pageWithSlash', descriptor);
    Req()(prototype, 'pageWithSlash', 0);
    Res()(prototype, 'pageWithSlash', 1);
}
/** Where the page finds its assets, as the browser sees it: relative to its own address, with or without a final slash. */
function assetBase(url) {
    const path = url.split('?')[0] ?? '';
    return path.endsWith('/') ? './' : `./${path.slice(path.lastIndexOf('/') + 1)}/`;
}
function sendCacheable({ request, response }, headers, body) {
    const known = (header(request, 'if-none-match') ?? '')
        .split(',')
        .map((tag) => tag.trim().replace(/^W\//, ''));
    const isKnown = known.includes(headers.ETag);
    sendBytes(response, isKnown ? HttpStatus.NOT_MODIFIED : HttpStatus.OK, headers, isKnown ? [] : [body]);
}
