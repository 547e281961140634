import { Redactor } from './redactor.js';
import { SecretKeys } from './secret-keys.js';
/**
 * The redactor of an application.
 * @param redact what the host adds to the default; false: only the tokens
 * @param tokens the console's own, which are masked always
 * @param env where values of variables that are named like secrets are taken from, if the host wants it
 */
export function createRedactor(redact, tokens, env) {
    if (redact === false)
        return new Redactor({ rules: false, values: tokens });
    return new Redactor({ ...redact, values: [...tokens, ...(redact.env ? secretsOf(env, redact) : [])] });
}
function secretsOf(env, { keys, allow }) {
    const secret = new SecretKeys(keys, allow);
    return Object.entries(env).flatMap(([name, value]) => value !== undefined && secret.kindOf(name) !== undefined ? [value] : []);
}
