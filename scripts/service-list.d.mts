export type Service = 'chromium' | 'script' | 'nginx' | 'logrotate' | 'redis-server';

/** The full path of a service's command; undefined when it is not on this machine. */
export function findService(name: Service): string | undefined;
