import { MemoryStore } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { describeLogStore } from 'nestjs-log-console/testing';
import { describeWith } from '../support/services.js';
import { RedisServer } from '../support/redis-server.js';

describeWith('redis-server', 'A shared store', (command) => {
  let server: RedisServer;
  let apps = 0;
  beforeAll(async () => {
    server = await RedisServer.start(command);
  });
  afterAll(() => server.close());

  describeLogStore('RedisStore', ({ capacity, instance }) =>
    new RedisStore({ url: server.url, app: `test-${++apps}`, maxEntries: capacity }).attach(
      new MemoryStore({ instance }),
    ),
  );
});
