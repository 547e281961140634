import { type Type } from '@nestjs/common';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
/**
 * The query of a request as an instance of a DTO; throws the answer 400. It is read from the URL itself, by the handler
 * and not by a pipe: neither the host's query parser nor its global pipes can change what a parameter means.
 */
export declare function readQuery<T extends object>(dto: Type<T>, request: HttpRequest): T;
export declare function badRequest(messages: string[]): LogConsoleException;
