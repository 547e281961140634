import { resolve } from 'node:path';
import { readText } from './settings.js';

/** Where a log file is: in the folder DEMO_LOGS, `logs` when it is not set. */
export function logPath(name: string): string {
  return resolve(readText('DEMO_LOGS') ?? 'logs', name);
}
