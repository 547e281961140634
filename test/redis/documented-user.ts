import { readFileSync } from 'node:fs';
import { type RedisStoreOptions } from 'nestjs-log-console/redis';
import { type RedisServer } from '../support/redis-server.js';

/** Makes the user that docs/deployment.md says is enough; answers how a store signs in as it. */
export async function documentedUser(server: RedisServer): Promise<RedisStoreOptions> {
  const text = readFileSync(new URL('../../docs/deployment.md', import.meta.url), 'utf8');
  const command = /^ACL SETUSER[^`]+/m.exec(text)?.[0].trim().split(/\s+/) ?? [];
  await server.ask(...(command as [string, ...string[]]));
  return { url: `redis://logs:password@127.0.0.1:${server.port}`, app: 'shop' };
}
