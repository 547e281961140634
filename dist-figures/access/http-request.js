/** Node's own request: of Fastify the one inside, of Express the request itself. */
export function rawRequest(request) {
    return request.raw ?? request;
}
/** The address at the other end of the socket; what a header claims does not count. */
export function addressOf(request) {
    return rawRequest(request).socket.remoteAddress ?? '';
}
/** One value of a header, as text. */
export function header(request, name) {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
}
/** Whether the browser's side of the connection is encrypted. */
export function isSecure(request) {
    const { encrypted } = rawRequest(request).socket;
    return encrypted === true || /^https\b/i.test(header(request, 'x-forwarded-proto') ?? '');
}
