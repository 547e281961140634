import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
/** The injection token of {@link ServerFacts}. */
export const ServerFacts = Symbol('ServerFacts');
export function readServerFacts(instance, directory = process.cwd()) {
    const { name, version } = readPackage(directory);
    return {
        name: typeof name === 'string' ? name : basename(directory),
        version: typeof version === 'string' ? version : '0.0.0',
        instance,
        startedAt: new Date(Date.now() - process.uptime() * 1000).toISOString(),
        timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    };
}
function readPackage(directory) {
    try {
        const content = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
        return content ?? {};
    }
    catch {
        return {};
    }
}
