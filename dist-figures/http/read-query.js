import { HttpStatus } from '@nestjs/common';
import { validateSync } from 'class-validator';
import { rawRequest } from '../access/http-request.js';
import { LogConsoleException } from '../access/log-console.exception.js';
/**
 * The query of a request as an instance of a DTO; throws the answer 400. It is read from the URL itself, by the handler
 * and not by a pipe: neither the host's query parser nor its global pipes can change what a parameter means.
 */
export function readQuery(dto, request) {
    const query = Object.assign(new dto(), parseQuery(rawRequest(request).url ?? '', dto));
    const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };
    const errors = validateSync(query, rules);
    if (errors.length > 0)
        throw badRequest(errors.map((error) => explain(error, dto)));
    return query;
}
/** More than any DTO has names: of so many pairs one is refused, and the rest need not be looked at. */
const MAX_PAIRS = 32;
/** One value per name; an array stands for a repeated one, which every rule of the DTOs refuses. */
function parseQuery(url, dto) {
    const at = url.indexOf('?');
    const query = {};
    // With its question mark, which is dropped: a second one belongs to a name.
    const text = at < 0 ? '' : url.slice(at).split('&', MAX_PAIRS).join('&');
    for (const [name, value] of new URLSearchParams(text)) {
        // `__proto__` and its like never become a property of anything.
        if (name in Object.prototype)
            throw badRequest([unknownName(name, dto)]);
        const known = query[name];
        query[name] = known === undefined ? value : [known, value].flat();
    }
    return query;
}
export function badRequest(messages) {
    return new LogConsoleException(HttpStatus.BAD_REQUEST, messages.length === 1 ? messages[0] : messages);
}
/** A message names the parameter and what is accepted, never the value. */
function explain({ property, constraints = {}, value }, dto) {
    const name = property.slice(0, 64);
    if ('whitelistValidation' in constraints)
        return unknownName(name, dto);
    if (Array.isArray(value))
        return `${name} is given more than once; give one value.`;
    return Object.values(constraints)[0] ?? `${name} is not valid.`;
}
function unknownName(name, dto) {
    const accepted = Object.keys(new dto());
    return `${name} is not a parameter here; accepted: ${accepted.length > 0 ? accepted.join(', ') : 'none'}.`;
}
