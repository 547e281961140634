import { type AccessOptions, type AccessToken } from './access.options.js';
import { newToken } from './tokens.js';

/** The rule that decides who may use the console. */
export type AccessMode =
  /** Every route answers the host's own 404. */
  | { readonly kind: 'closed'; readonly hint: string }
  /** The person at this machine, with the token printed to the terminal. */
  | { readonly kind: 'local'; readonly tokens: readonly [AccessToken] }
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
export const TOKEN_VARIABLE = 'LOG_CONSOLE_TOKEN';

/** Closed, unless somebody configured access or sits at this machine. `NODE_ENV` alone does not decide: it is often unset on servers. */
export function accessMode(access: AccessOptions | undefined, { env, isTerminal }: Surroundings): AccessMode {
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
  if (isTerminal) return { kind: 'local', tokens: [{ token: newToken(), name: 'developer', role: 'admin' }] };
  return { kind: 'closed', hint: `start it with a token: ${TOKEN_VARIABLE}=${newToken()} npm run start:dev` };
}
