import { VersioningType, type INestApplication } from '@nestjs/common';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { EventReader } from '../reading/event-reader.js';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { request } from '../support/http-client.js';
import { describeHost } from './describe-host.js';
import { startHost } from './running-host.js';

describeHost('nothing around the console', (adapter) => startHost(adapter));

describeHost('a global prefix', (adapter) =>
  startHost(adapter, { prefix: '/api', prepare: (app) => app.setGlobalPrefix('api') }),
);

describeHost('a prefix that leaves the console out', (adapter) =>
  startHost(adapter, {
    prepare: (app) =>
      app.setGlobalPrefix('api', { exclude: ['orders', 'orders/*path', 'log-console', 'log-console/*path'] }),
  }),
);

describeHost('URI versioning', (adapter) =>
  startHost(adapter, {
    prepare: (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
  }),
);

const signedIn = { headers: bearer(OPERATOR) };

describe.each(ADAPTERS)('The routes of the console, on %s', (adapter) => {
  describe.each<[string, string, (app: INestApplication) => unknown, string?]>([
    [
      'header versioning',
      '/log-console',
      (app) => app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' }),
    ],
    [
      'prefix and versioning',
      '/api/log-console',
      (app) => app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI }),
    ],
    ['another path', '/ops/logs', () => undefined, 'ops/logs'],
    ['another path with slashes', '/ops/logs', () => undefined, '/ops/logs/'],
    [
      'another path behind a prefix',
      '/api/v2/ops/logs',
      (app) => app.setGlobalPrefix('/api/v2/'),
      'ops/logs',
    ],
  ])('with %s', (_what, mount, prepare, path) => {
    let host: Host;
    beforeEach(async () => {
      host = await createHost(adapter, {
        options: { access: { tokens: PEOPLE }, ...(path === undefined ? {} : { path }) },
        prepare,
      });
    });
    afterEach(() => host.close());

    it(`are at ${mount}`, async () => {
      for (const route of ['entries', 'tail?follow=false', 'export', 'stats', 'session']) {
        const { status } = await request(`${host.url}${mount}/api/${route}`, signedIn);
        expect(`${route} ${status}`).toBe(`${route} 200`);
      }
      const reader = await EventReader.open(`${host.url}${mount}/api/stream?limit=1`);
      await reader.first('message');
      reader.close();
      expect((await request(`${host.url}${mount}`, signedIn)).headers['content-type']).toBe(
        'text/html; charset=utf-8',
      );
    });
  });
});
