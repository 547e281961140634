import { header } from './http-request.js';
/** Schemes a browser attaches by itself: such a request can be forged like one with a cookie. */
const AMBIENT = /^(basic|digest|negotiate)\b/i;
/**
 * Why a request may have been forged by another site's page; undefined when it cannot have been.
 * Requests with an Authorization of their own cannot: a page of another site does not know it.
 */
export function crossSiteProblem(request, origins = []) {
    const authorization = header(request, 'authorization');
    if (authorization !== undefined && !AMBIENT.test(authorization))
        return undefined;
    return forgeryProblem(request, origins);
}
/** The same for a request that a cookie signed in, whatever its Authorization says. */
export function forgeryProblem(request, origins = []) {
    const reads = ['GET', 'HEAD'].includes(request.method);
    if (!reads && header(request, 'x-log-console') !== '1') {
        return 'Requests without Authorization that change something need the header X-Log-Console: 1.';
    }
    const site = header(request, 'sec-fetch-site');
    if (site !== undefined) {
        return ['same-origin', 'none'].includes(site) ? undefined : 'Requests from other sites are refused.';
    }
    const origin = header(request, 'origin');
    if (origin === undefined || origins.includes(origin) || isOwnHost(origin, request))
        return undefined;
    return 'The Origin of this request is not the host it was sent to; behind a proxy that rewrites Host, list the origin in access.origins.';
}
function isOwnHost(origin, request) {
    if (!URL.canParse(origin))
        return false;
    const { host } = new URL(origin);
    const hosts = [header(request, 'host'), header(request, 'x-forwarded-host')?.split(',')[0]];
    return hosts.some((own) => own?.trim().toLowerCase() === host);
}
