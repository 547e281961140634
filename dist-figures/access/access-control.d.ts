import { type ExecutionContext } from '@nestjs/common';
import { type ModuleRef } from '@nestjs/core';
import { type AccessMode } from './access-mode.js';
import { type AccessOptions } from './access.options.js';
import { type Caller } from './caller.js';
import { type HttpRequest } from './http-request.js';
import { type Ability } from './roles.js';
import { WrongAttempts } from './wrong-attempts.js';
/**
 * Who a request comes from, or why nobody knows. `byCookie`: known by our cookie alone, whatever else was sent.
 * `wrongToken`: a token was given, and it is not one of ours.
 */
export type Identity = {
    readonly caller: Caller;
    readonly byCookie: boolean;
} | {
    readonly denied: 401 | 403;
    readonly wrongToken: boolean;
};
/** Decides who the caller is: by our tokens, by our cookie, by the host's guards. */
export declare class AccessControl {
    #private;
    readonly mode: AccessMode;
    readonly options: AccessOptions;
    readonly cookieName: string;
    /** Counted here and not in the guard: Nest makes one guard for the controllers and another one to inject. */
    readonly wrongAttempts: WrongAttempts;
    constructor(mode: AccessMode, options: AccessOptions, cookieName: string, moduleRef: ModuleRef);
    /** The tokens that open this console; nobody else should see them. */
    get knownTokens(): readonly string[];
    identify(context: ExecutionContext): Promise<Identity>;
    /** The session of a token, for the cookie; undefined when the token is not one of ours. */
    signIn(token: string): {
        caller: Omit<Caller, 'address'>;
        session: string;
    } | undefined;
    abilitiesOf(caller: Pick<Caller, 'role'>): Ability[];
}
export declare function bearerToken(request: HttpRequest): string | undefined;
