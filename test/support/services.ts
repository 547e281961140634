import { describe } from '@jest/globals';
import { findService, type Service } from '../../scripts/service-list.mjs';

/** A describe for tests that need a program of the machine; without it they are skipped, and counted as such. */
export function describeWith(service: Service, name: string, body: (command: string) => void): void {
  const command = findService(service);
  if (command === undefined) describe.skip(name, () => body(''));
  else describe(name, () => body(command));
}
