export type Service = 'chromium' | 'script' | 'nginx' | 'logrotate';

/** The full path of a service's command; undefined when it is not on this machine. */
export function findService(name: Service): string | undefined;
