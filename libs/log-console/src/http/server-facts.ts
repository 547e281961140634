import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { type ProcessIdentity } from '../domain/log-instances.js';

/** What is told about the application, once somebody is signed in. */
export interface ServerFacts {
  /** Name and version of the host application, from the package.json it was started beside. */
  readonly name: string;
  readonly version: string;
  readonly instance: string;
  readonly startedAt: string;
  readonly timeZone: string;
}

/** The injection token of {@link ServerFacts}. */
export const ServerFacts = Symbol('ServerFacts');

export function readServerFacts(instance: string, directory = process.cwd()): ServerFacts {
  const { name, version } = readPackage(directory);
  return {
    name: typeof name === 'string' ? name : basename(directory),
    version: typeof version === 'string' ? version : '0.0.0',
    instance,
    startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** The process as others know it. */
export function thisProcess({ instance, version, startedAt }: ServerFacts): ProcessIdentity {
  return { name: instance, host: hostname(), pid: process.pid, version, startedAt };
}

function readPackage(directory: string): { name?: unknown; version?: unknown } {
  try {
    const content: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    return content ?? {};
  } catch {
    return {};
  }
}
