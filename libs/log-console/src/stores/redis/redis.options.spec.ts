import { createClient } from '@redis/client';
import { withRedisDefaults, type RedisStoreOptions } from './redis.options.js';

describe('the options of a RedisStore', () => {
  it('have defaults', () => {
    expect(withRedisDefaults({})).toEqual({
      client: {},
      app: 'default',
      maxEntries: 100_000,
      maxBytes: 64 * 1024 * 1024,
      commandTimeoutMs: 2000,
      flushMs: 20,
    });
  });

  it('take the settings of a client, or the client', () => {
    const settings = { url: 'redis://localhost:1', username: 'lc' };
    expect(withRedisDefaults({ client: settings }).client).toBe(settings);
    expect(withRedisDefaults({ client: createClient(settings) }).client).toMatchObject({ username: 'lc' });
  });

  it.each<[string, RedisStoreOptions, string]>([
    ['two places', { url: 'redis://a', client: {} }, 'url or client'],
    [
      'an address of something else',
      { url: 'http://:secret@a' },
      'url must begin with redis:// or rediss://',
    ],
    ['a name that is no name', { app: 'a{b}' }, 'app must match'],
    ['no entries', { maxEntries: 0 }, 'maxEntries must be a whole number above 0'],
    ['half a byte', { maxBytes: 0.5 }, 'maxBytes must be a whole number above 0'],
    ['no time', { commandTimeoutMs: NaN }, 'commandTimeoutMs must be a whole number above 0'],
    ['a time that goes back', { flushMs: -1 }, 'flushMs must be a whole number above 0'],
  ])('refuse %s, and show no secret', (_what, options, message) => {
    expect(() => withRedisDefaults(options)).toThrow(message);
    expect(() => withRedisDefaults(options)).not.toThrow('secret');
  });
});
