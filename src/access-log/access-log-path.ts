import { resolve } from 'node:path';
import { readText } from '../settings.js';

/** Where the access log is written: in the folder DEMO_LOGS, `logs` when it is not set. */
export function accessLogPath(): string {
  return resolve(readText('DEMO_LOGS') ?? 'logs', 'access.log');
}
