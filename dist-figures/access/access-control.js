import { HostGuards, withDeadline } from './host-guards.js';
import { addressOf, header } from './http-request.js';
import { abilitiesOf, isRole, roleOfUser } from './roles.js';
import { cookieValues, openSession, sealSession } from './session-cookie.js';
import { findToken, toKnownToken } from './tokens.js';
import { WrongAttempts } from './wrong-attempts.js';
/** Decides who the caller is: by our tokens, by our cookie, by the host's guards. */
export class AccessControl {
    #tokens;
    #guards;
    constructor(mode, options, cookieName, moduleRef) {
        this.mode = mode;
        this.options = options;
        this.cookieName = cookieName;
        /** Counted here and not in the guard: Nest makes one guard for the controllers and another one to inject. */
        this.wrongAttempts = new WrongAttempts();
        this.#tokens = mode.kind === 'closed' ? [] : mode.tokens.map(toKnownToken);
        this.#guards = new HostGuards(options.guards ?? [], moduleRef);
    }
    /** The tokens that open this console; nobody else should see them. */
    get knownTokens() {
        return this.mode.kind === 'closed' ? [] : this.mode.tokens.map(({ token }) => token);
    }
    async identify(context) {
        const request = context.switchToHttp().getRequest();
        const bearer = bearerToken(request);
        const byBearer = bearer === undefined ? undefined : findToken(this.#tokens, bearer);
        const token = byBearer ?? this.#cookieToken(request);
        if (token) {
            const caller = { name: token.name, role: token.role, address: addressOf(request) };
            return { caller, byCookie: byBearer === undefined };
        }
        // Where there are no tokens, a bearer is the host's business alone.
        const wrongToken = bearer !== undefined && this.#tokens.length > 0;
        if (this.#guards.isEmpty && !this.options.role)
            return { denied: 401, wrongToken };
        const denied = await this.#guards.denial(context);
        return denied ? { denied, wrongToken } : this.#identifyUser(request, wrongToken);
    }
    /** The session of a token, for the cookie; undefined when the token is not one of ours. */
    signIn(token) {
        const known = findToken(this.#tokens, token);
        return known && { caller: { name: known.name, role: known.role }, session: sealSession(known) };
    }
    abilitiesOf(caller) {
        return abilitiesOf(caller.role, this.options.abilities);
    }
    #cookieToken(request) {
        const values = cookieValues(header(request, 'cookie'), this.cookieName);
        return values.map((value) => openSession(value, this.#tokens)).find((token) => token !== undefined);
    }
    async #identifyUser(request, wrongToken) {
        const { user } = request;
        if (this.#guards.isEmpty && (user === undefined || user === null))
            return { denied: 401, wrongToken };
        try {
            const role = await withDeadline((this.options.role ?? roleOfUser)(user, request));
            if (isRole(role)) {
                return { caller: { name: nameOfUser(user), role, address: addressOf(request) }, byCookie: false };
            }
        }
        catch {
            // A role function that fails says nothing about the user: deny.
        }
        return { denied: 403, wrongToken: false };
    }
}
export function bearerToken(request) {
    return /^Bearer +(\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
}
function nameOfUser(user) {
    const fields = (user ?? {});
    const names = [fields.username, fields.name, fields.email, fields.sub, fields.id];
    const name = names.find((value) => typeof value === 'string' || typeof value === 'number') ?? '';
    return String(name).slice(0, 128) || 'user';
}
