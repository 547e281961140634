import {
  createParamDecorator,
  HttpStatus,
  ValidationPipe,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import { type ValidationError } from 'class-validator';
import { rawRequest, type HttpRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';

/**
 * The query of a request as an instance of a DTO, validated by our own pipe. It is read from the URL itself: the
 * host's query parser, its global pipes and their options cannot change what a parameter means.
 */
export function ReadQuery(dto: Type): ParameterDecorator {
  const pipe = new ValidationPipe({
    expectedType: dto,
    validateCustomDecorators: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) => badRequest(errors.map((error) => explain(error, dto))),
  });
  const queryOf = createParamDecorator((_data: unknown, context: ExecutionContext) =>
    parseQuery(rawRequest(context.switchToHttp().getRequest<HttpRequest>()).url ?? '', dto),
  );
  return queryOf(undefined, pipe);
}

/** One value per name; an array stands for a repeated one, which every rule of the DTOs refuses. */
function parseQuery(url: string, dto: Type): Record<string, string | string[]> {
  const at = url.indexOf('?');
  const query: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(at < 0 ? '' : url.slice(at + 1))) {
    // `__proto__` and its like never reach the pipe: it drops them without a word.
    if (name in Object.prototype) throw badRequest([unknownName(name, dto)]);
    const known = query[name];
    query[name] = known === undefined ? value : [known, value].flat();
  }
  return query;
}

export function badRequest(messages: string[]): LogConsoleException {
  return new LogConsoleException(HttpStatus.BAD_REQUEST, messages.length === 1 ? messages[0] : messages);
}

/** A message names the parameter and what is accepted, never the value. */
function explain({ property, constraints = {}, value }: ValidationError, dto: Type): string {
  const name = property.slice(0, 64);
  if ('whitelistValidation' in constraints) return unknownName(name, dto);
  if (Array.isArray(value)) return `${name} is given more than once; give one value.`;
  return Object.values(constraints)[0] ?? `${name} is not valid.`;
}

function unknownName(name: string, dto: Type): string {
  const accepted = Object.keys(new dto() as object);
  return `${name} is not a parameter here; accepted: ${accepted.length > 0 ? accepted.join(', ') : 'none'}.`;
}
