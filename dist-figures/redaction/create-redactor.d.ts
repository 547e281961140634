import { type RedactOptions } from './redact.options.js';
import { Redactor } from './redactor.js';
/**
 * The redactor of an application.
 * @param redact what the host adds to the default; false: only the tokens
 * @param tokens the console's own, which are masked always
 * @param env where values of variables that are named like secrets are taken from, if the host wants it
 */
export declare function createRedactor(redact: RedactOptions | false, tokens: readonly string[], env: Readonly<Record<string, string | undefined>>): Redactor;
