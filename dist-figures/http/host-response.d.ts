import { type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
/** What Express and Fastify responses have in common with what we need of them. */
export type HostResponse = ServerResponse | FastifyReply;
interface FastifyReply {
    readonly raw: ServerResponse;
    hijack(): unknown;
    getHeader(name: string): number | string | string[] | undefined;
    getHeaders(): Record<string, number | string | string[] | undefined>;
}
/** Node's own response: of Fastify the one inside. */
export declare function rawResponse(response: HostResponse): ServerResponse;
/** Node's own response, with the headers that were set so far, and the host's word that it will not answer itself. */
export declare function takeOver(response: HostResponse): ServerResponse;
/** A list in a header of the answer, with values of ours beside those that were set so far. */
export declare function headerWith(response: HostResponse, name: 'Set-Cookie' | 'Vary', value: string): string[];
/** Answers with bytes that are ready: one by one inside a cork, because joining them costs more than writing them. */
export declare function sendBytes(response: HostResponse, status: number, headers: OutgoingHttpHeaders, pieces: readonly Uint8Array[]): void;
/** Answers with JSON: names of users and of parameters may hold anything. */
export declare function sendJson(response: HostResponse, status: number, body: unknown, headers?: OutgoingHttpHeaders): void;
export {};
