import { type LogConsoleOptions } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { readText, SettingError } from './settings.js';

/** With DEMO_REDIS_URL all instances of the warehouse keep one log, in Redis; DEMO_INSTANCE names this one. */
export function sharedLog(): Pick<LogConsoleOptions, 'store' | 'instance'> {
  const url = readText('DEMO_REDIS_URL');
  const instance = readText('DEMO_INSTANCE');
  if (url !== undefined && !/^rediss?:\/\//.test(url))
    throw new SettingError('DEMO_REDIS_URL must begin with redis:// or rediss://');
  if (instance !== undefined && !/^[A-Za-z0-9_.-]{1,64}$/.test(instance))
    throw new SettingError('DEMO_INSTANCE must have 1 to 64 of A-Z a-z 0-9 _ . -');
  return {
    ...(url === undefined ? {} : { store: new RedisStore({ url, app: 'warehouse' }) }),
    ...(instance === undefined ? {} : { instance }),
  };
}
