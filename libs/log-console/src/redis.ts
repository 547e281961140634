export { RedisStore, type AttachedRing } from './stores/redis/redis.store.js';
export { type RedisClientLike, type RedisStoreOptions } from './stores/redis/redis.options.js';
