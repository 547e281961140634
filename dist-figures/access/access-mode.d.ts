import { type AccessOptions, type AccessToken } from './access.options.js';
/** The rule that decides who may use the console. */
export type AccessMode = 
/** Every route answers the host's own 404. */
{
    readonly kind: 'closed';
    readonly hint: string;
}
/** The person at this machine, with the token printed to the terminal. */
 | {
    readonly kind: 'local';
    readonly tokens: readonly [AccessToken];
}
/** The host's guards, or tokens. */
 | {
    readonly kind: 'configured';
    readonly tokens: readonly AccessToken[];
    readonly ignoredVariable: boolean;
};
/** What the mode depends on beside the options. */
export interface Surroundings {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly isTerminal: boolean;
}
/** Name of the variable that holds one operator's token. */
export declare const TOKEN_VARIABLE = "LOG_CONSOLE_TOKEN";
/** Closed, unless somebody configured access or sits at this machine. `NODE_ENV` alone does not decide: it is often unset on servers. */
export declare function accessMode(access: AccessOptions | undefined, { env, isTerminal }: Surroundings): AccessMode;
