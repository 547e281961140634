import { Redactor, type RedactorOptions } from './redactor.js';
import { SecretKeys } from './secret-keys.js';

/**
 * The redactor of an application.
 * @param redact what the host adds to the default; false: only the tokens
 * @param tokens the console's own, which are masked always
 * @param env where values of variables that are named like secrets are taken from, if the host wants it
 */
export function createRedactor(
  redact: (Omit<RedactorOptions, 'values' | 'rules'> & { readonly env?: boolean }) | false,
  tokens: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Redactor {
  if (redact === false) return new Redactor({ rules: false, values: tokens });
  const keys = new SecretKeys(redact.keys, redact.allow);
  const named = redact.env ? Object.keys(env).filter((name) => keys.kindOf(name) !== undefined) : [];
  const values = named.flatMap((name) => env[name] ?? []);
  return new Redactor({ ...redact, values: [...tokens, ...values] });
}
