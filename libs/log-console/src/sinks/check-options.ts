/** What is accepted of one option, and how it is said. */
export interface Rule {
  readonly accepts: (value: unknown) => boolean;
  readonly accepted: string;
  /** It may be a secret: nothing of it is shown. */
  readonly isSecret?: boolean;
}

/** A whole number between two others. */
export function whole(min: number, max = Number.MAX_SAFE_INTEGER): Rule {
  const accepts = (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
  const accepted =
    max === Number.MAX_SAFE_INTEGER ? `a whole number from ${min}` : `a whole number from ${min} to ${max}`;
  return { accepts, accepted };
}

/** One of some values. */
export function oneOf(...values: readonly (string | boolean)[]): Rule {
  return { accepts: (value) => (values as readonly unknown[]).includes(value), accepted: values.join(', ') };
}

/**
 * Throws for the first option of a destination that is wrong, unknown or missing. What all destinations have (name,
 * level, context) the module checks.
 */
export function checkSinkOptions(
  maker: string,
  options: unknown,
  rules: Readonly<Record<string, Rule>>,
  required: readonly string[] = [],
): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${maker}: it takes an object of options.`);
  const given = options as Readonly<Record<string, unknown>>;
  const known = [...Object.keys(rules), 'name', 'level', 'context'];
  for (const name of [...required, ...Object.keys(given)]) {
    const value = given[name];
    if (!known.includes(name))
      throw new TypeError(`${maker}: unknown option ${name}; accepted: ${known.join(', ')}.`);
    const rule = rules[name];
    if (!rule || (value === undefined && !required.includes(name)) || rule.accepts(value)) continue;
    throw new TypeError(`${maker}: option ${name} is ${shown(value, rule)}; accepted: ${rule.accepted}.`);
  }
}

function shown(value: unknown, { isSecret }: Rule): string {
  if (typeof value === 'string')
    return isSecret ? `a text of ${value.length} characters` : `"${value.slice(0, 80)}"`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
