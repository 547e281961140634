import { addressOf, header } from './http-request.js';
const LOOPBACK = /^(::1|(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const LOCAL_HOST = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?$/i;
const FORWARDED = /^(forwarded|x-forwarded-.*|via)$/;
/**
 * Why a request does not come from somebody who sits at this machine; undefined when it does. Loopback alone does not
 * say so: a reverse proxy on this machine connects from there, and a page in the browser can be made to (DNS rebinding).
 */
export function notLocalProblem(request) {
    if (!LOOPBACK.test(addressOf(request)))
        return 'Local mode answers requests from this machine only.';
    if (Object.keys(request.headers).some((name) => FORWARDED.test(name)))
        return 'Local mode does not answer through a proxy.';
    if (!LOCAL_HOST.test(header(request, 'host') ?? ''))
        return 'Local mode answers for localhost, 127.0.0.0/8 and [::1] only.';
    const site = header(request, 'sec-fetch-site');
    if (site !== undefined && !['same-origin', 'none'].includes(site))
        return 'Local mode does not answer requests from other sites.';
    return undefined;
}
