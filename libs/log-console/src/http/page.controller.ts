import { Get, HttpStatus, Inject, NotFoundException, Req, Res, type Type } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { header, rawRequest, type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
import { Requires } from '../access/requires.js';
import { GuardedController } from './guarded-controller.js';
import { CONSOLE_ASSETS, CONSOLE_PAGE } from './console-assets.generated.js';
import { headerWith, sendBytes, type HostResponse } from './host-response.js';

const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-cache',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()',
  'X-Robots-Tag': 'noindex',
};

/** The injection token of the address where the host signs people in; '' where it does not. */
export const SIGN_IN_URL = Symbol('SIGN_IN_URL');

/** The browser console: a page and its assets, from memory. No directory is served; an asset is found by its exact name. */
@GuardedController()
@ApiExcludeController()
export class PageController {
  constructor(@Inject(SIGN_IN_URL) private readonly signInUrl: string) {}

  @Get()
  @Requires('public')
  page(@Req() request: HttpRequest, @Res() response: object): void {
    const body = Buffer.from(
      CONSOLE_PAGE.html
        .replaceAll('./assets/', `${assetBase(rawRequest(request).url ?? '')}assets/`)
        .replace(
          'name="sign-in-url" content=""',
          () => `name="sign-in-url" content="${inAttribute(this.signInUrl)}"`,
        ),
    );
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    sendCacheable({ request, response: response as HostResponse }, { ...PAGE_HEADERS, ETag: etag }, body);
  }

  @Get('assets/:name')
  @Requires('public')
  asset(@Req() request: HttpRequest, @Res() response: object): void {
    // Not by @Param(): a pipe of the host would get at it.
    const asset = CONSOLE_ASSETS.find(({ name }) => name === request.params?.name);
    if (!asset) throw new LogConsoleException(HttpStatus.NOT_FOUND, 'There is no asset of this name.');
    const gzip = /\bgzip\b/.test(header(request, 'accept-encoding') ?? '');
    const stored = Buffer.from(asset.gzip, 'base64');
    const headers = {
      'Content-Type': asset.type,
      'Cache-Control': 'private, max-age=31536000, immutable',
      Vary: headerWith(response as HostResponse, 'Vary', 'Accept-Encoding').join(', '),
      ETag: `"${asset.etag}${gzip ? '' : '-plain'}"`,
      ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
    };
    sendCacheable(
      { request, response: response as HostResponse },
      headers,
      gzip ? stored : gunzipSync(stored),
    );
  }
}

/**
 * Gives a mounted page its route with a final slash: Fastify tells `B/` from `B`. Not for Express, which does not, and
 * warns of this spelling of a wildcard.
 */
export function addSlashRoute(mounted: Type<PageController>): void {
  const prototype = mounted.prototype as PageController;
  const route = function (this: PageController, request: HttpRequest, response: object): void {
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
function assetBase(url: string): string {
  const path = url.split('?')[0] ?? '';
  return path.endsWith('/') ? './' : `./${path.slice(path.lastIndexOf('/') + 1)}/`;
}

function inAttribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function sendCacheable(
  { request, response }: { request: HttpRequest; response: HostResponse },
  headers: Record<string, string> & { ETag: string },
  body: Buffer,
): void {
  const known = (header(request, 'if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  const isKnown = known.includes(headers.ETag);
  sendBytes(response, isKnown ? HttpStatus.NOT_MODIFIED : HttpStatus.OK, headers, isKnown ? [] : [body]);
}
