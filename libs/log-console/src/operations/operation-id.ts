import { randomInt } from 'node:crypto';

const RANDOM_DIGITS = 8;
const RANDOM = BigInt(36 ** RANDOM_DIGITS);

let last = 0n;

/** The id of an operation: 16 digits of base 36 that only go up in a process; half of them are random. */
export function operationId(): string {
  const id = BigInt(Date.now()) * RANDOM + BigInt(randomInt(36 ** RANDOM_DIGITS));
  // In the same millisecond, and when the clock was set back: a little after the one before.
  last = id > last ? id : last + BigInt(randomInt(1, 2 ** 32));
  return last.toString(36);
}
