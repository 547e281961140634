import { RedisStore } from 'nestjs-log-console/redis';
import { SettingError } from './settings.js';
import { sharedLog } from './shared-log.js';

describe('the shared log of the warehouse', () => {
  const environment = process.env;

  beforeEach(() => {
    process.env = {};
  });

  afterAll(() => {
    process.env = environment;
  });

  it('is none unless it is asked for', () => {
    expect(sharedLog()).toEqual({});
  });

  it('is in the Redis of DEMO_REDIS_URL, under the name of DEMO_INSTANCE', () => {
    process.env = { DEMO_REDIS_URL: 'redis://127.0.0.1:6379', DEMO_INSTANCE: 'web-1' };
    expect(sharedLog()).toEqual({ instance: 'web-1', store: expect.any(RedisStore) as RedisStore });
  });

  it.each([
    ['DEMO_REDIS_URL', 'localhost:6379'],
    ['DEMO_INSTANCE', 'web 1'],
  ])('refuses a wrong %s and names it', (name, value) => {
    process.env[name] = value;
    const refused = (): object => sharedLog();
    expect(refused).toThrow(SettingError);
    expect(refused).toThrow(name);
  });
});
