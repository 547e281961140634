/** An environment variable has a value we do not accept; the message names it and what is accepted. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** The variable's value; an empty one counts as not set. */
export function readText(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

/** The variable's value when it is one of the choices; the first choice when it is not set. */
export function readChoice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
  const value = readText(name) ?? choices[0];
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new SettingError(`${name} must be ${choices.join(' or ')}`);
  return choice;
}

/** The variable's value, a whole number from 1 to `most`; 1 when it is not set. */
export function readCount(name: string, most: number): number {
  const value = readText(name) ?? '1';
  if (!/^[1-9]\d{0,8}$/.test(value) || Number(value) > most)
    throw new SettingError(`${name} must be a whole number from 1 to ${most}`);
  return Number(value);
}

/** The port to listen on: PORT, 3000 when it is not set; 0 means any free one. */
export function readPort(): number {
  const value = readText('PORT') ?? '3000';
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    throw new SettingError('PORT must be a whole number from 0 to 65535 (0 takes any free port)');
  }
  return Number(value);
}
