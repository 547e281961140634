import { newToken } from './tokens.js';
/** Name of the variable that holds one operator's token. */
export const TOKEN_VARIABLE = 'LOG_CONSOLE_TOKEN';
/** Closed, unless somebody configured access or sits at this machine. `NODE_ENV` alone does not decide: it is often unset on servers. */
export function accessMode(access, { env, isTerminal }) {
    const { guards = [], role, tokens = [] } = access ?? {};
    const variable = env[TOKEN_VARIABLE];
    if (guards.length > 0 || tokens.length > 0 || role) {
        return { kind: 'configured', tokens, ignoredVariable: variable !== undefined && variable !== '' };
    }
    if (variable !== undefined && variable !== '') {
        return {
            kind: 'configured',
            tokens: [{ token: variable, name: 'operator', role: 'operator' }],
            ignoredVariable: false,
        };
    }
    if (env.NODE_ENV === 'production' || env.NODE_ENV === 'test') {
        return {
            kind: 'closed',
            hint: `set access in LogConsoleModule.forRoot(), or the variable ${TOKEN_VARIABLE} (at least 32 characters)`,
        };
    }
    if (isTerminal)
        return { kind: 'local', tokens: [{ token: newToken(), name: 'developer', role: 'admin' }] };
    return { kind: 'closed', hint: `start it with a token: ${TOKEN_VARIABLE}=${newToken()} npm run start:dev` };
}
