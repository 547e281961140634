import { toSafeJson } from './batch-json.js';
/** Node's own response: of Fastify the one inside. */
export function rawResponse(response) {
    return 'raw' in response ? response.raw : response;
}
/** Node's own response, with the headers that were set so far, and the host's word that it will not answer itself. */
export function takeOver(response) {
    if (!('raw' in response))
        return response;
    for (const [name, value] of Object.entries(response.getHeaders())) {
        if (value !== undefined)
            response.raw.setHeader(name, value);
    }
    response.hijack();
    return response.raw;
}
/** A list in a header of the answer, with values of ours beside those that were set so far. */
export function headerWith(response, name, value) {
    const known = [response.getHeader(name) ?? []].flat().map(String);
    return [...known, value];
}
/** Answers with bytes that are ready: one by one inside a cork, because joining them costs more than writing them. */
export function sendBytes(response, status, headers, pieces) {
    const raw = takeOver(response);
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    // An answer without a body (204, 304) has no length either.
    raw.writeHead(status, pieces.length === 0 ? headers : { ...headers, 'Content-Length': length });
    if (typeof raw.cork === 'function')
        raw.cork();
    for (const piece of pieces)
        raw.write(piece);
    raw.end();
    if (typeof raw.uncork === 'function')
        raw.uncork();
}
/** Answers with JSON: names of users and of parameters may hold anything. */
export function sendJson(response, status, body, headers = {}) {
    const type = { 'Content-Type': 'application/json; charset=utf-8' };
    sendBytes(response, status, { ...type, ...headers }, [Buffer.from(toSafeJson(body))]);
}
