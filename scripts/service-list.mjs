import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs by name: the commands that are looked for, and Debian's package. */
export const SERVICES = {
  chromium: { commands: ['chromium', 'chromium-browser', 'google-chrome'], apt: 'chromium' },
  script: { commands: ['script'], apt: 'bsdutils' },
  nginx: { commands: ['nginx'], apt: 'nginx' },
  logrotate: { commands: ['logrotate'], apt: 'logrotate' },
  'redis-server': { commands: ['redis-server'], apt: 'redis-server' },
};

/** The full path of a service's command; undefined when it is not on this machine. */
export function findService(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin'];
  return SERVICES[name].commands
    .flatMap((command) => folders.map((folder) => join(folder, command)))
    .find(isExecutable);
}

export function missingServices() {
  return Object.keys(SERVICES).filter((name) => findService(name) === undefined);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
