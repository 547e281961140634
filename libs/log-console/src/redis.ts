export { RedisStore } from './stores/redis/redis.store.js';
export {
  type AttachedRing,
  type RedisClientLike,
  type RedisStoreOptions,
} from './stores/redis/redis.options.js';
export { type RedisState } from './stores/redis/shared-log.js';
export { type Shipped } from './stores/redis/shipper.js';
