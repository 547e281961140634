import { AccessControl } from '../access/access-control.js';
import { type Caller } from '../access/caller.js';
import { type HttpRequest } from '../access/http-request.js';
import { LogConsoleGuard } from '../access/log-console.guard.js';
import { type Ability } from '../access/roles.js';
import { ServerFacts } from './server-facts.js';
/** Who is signed in, what they may do, and which server this is. */
export interface Session {
    readonly user: Pick<Caller, 'name' | 'role'>;
    readonly can: readonly Ability[];
    readonly server: ServerFacts & {
        readonly time: string;
    };
}
/** Signing in and out, and who one is. */
export declare class SessionController {
    #private;
    private readonly access;
    private readonly guard;
    private readonly facts;
    constructor(access: AccessControl, guard: LogConsoleGuard, facts: ServerFacts);
    session(request: HttpRequest, response: object): void;
    signIn(request: HttpRequest, response: object): void;
    signOut(request: HttpRequest, response: object): void;
}
