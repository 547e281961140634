import { Controller, Get, type INestApplication } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastifyCompress from '@fastify/compress';
import fastifyHelmet from '@fastify/helmet';
import compression from 'compression';
import helmet from 'helmet';
import { type LogBatch } from 'nestjs-log-console';
import { bearer, OPERATOR } from '../access/people.js';
import { logLines } from '../reading/log-host.js';
import { request } from '../support/http-client.js';
import { describeHost } from './describe-host.js';
import { ask, consoleAt, startHost, type RunningHost } from './running-host.js';

const onFastify = (app: INestApplication): NestFastifyApplication => app as NestFastifyApplication;

/** Our policy without what would break a page over plain http, and our own values where both have one. */
function keepsOurHeaders(host: () => RunningHost): void {
  it("keeps the console's own headers, and its own on its own answers", async () => {
    const ours = {
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    };
    const page = await ask(host(), '');
    expect(page.headers).toMatchObject({ ...ours, 'cache-control': 'no-cache' });
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect((await ask(host(), '/api/entries')).headers).toMatchObject({
      ...ours,
      'cache-control': 'no-store',
    });
    const own = await request(`${host().url}/orders`);
    expect(own.headers['content-security-policy']).toContain('upgrade-insecure-requests');
  });
}

describeHost(
  'helmet',
  (adapter) =>
    startHost(adapter, {
      prepare: (app) => (adapter === 'express' ? app.use(helmet()) : onFastify(app).register(fastifyHelmet)),
    }),
  keepsOurHeaders,
);

describeHost(
  'app.useSecurityHeaders()',
  (adapter) => startHost(adapter, { prepare: (app) => app.useSecurityHeaders() }),
  keepsOurHeaders,
);

@Controller('catalogue')
class CatalogueController {
  @Get()
  list(): object {
    return { items: Array<string>(500).fill('a spare part') };
  }
}

describeHost(
  'compression',
  (adapter) =>
    startHost(adapter, {
      options: { capacity: 20_000 },
      controllers: [CatalogueController],
      signIn: async () => ({ ...bearer(OPERATOR), 'accept-encoding': 'gzip' }),
      prepare: (app) =>
        adapter === 'express'
          ? app.use(compression({ threshold: 0 }))
          : onFastify(app).register(fastifyCompress, { threshold: 0 }),
    }),
  (host, adapter) => {
    it("packs its own answers, and on Express the console's too", async () => {
      const { headers } = await request(`${host().url}/catalogue`, { headers: host().operator });
      expect(headers['content-encoding']).toBe('gzip');
      for (const path of ['entries', 'export?format=csv']) {
        const encoding = (await ask(host(), `/api/${path}`)).headers['content-encoding'];
        expect(encoding).toBe(adapter === 'express' ? 'gzip' : undefined);
      }
    });

    it('gives a long answer whole, packed or not', async () => {
      const lines = logLines(12_000, 'Packed');
      // Without a filter: a filtered read may stop before it has them all.
      const batch = (await ask(host(), '/api/entries?limit=5000')).json as LogBatch;
      expect(batch.entries.map(({ message }) => message)).toEqual(lines.slice(-5000));
      const { text } = await ask(host(), '/api/export?context=Packed');
      const exported = text
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { message: string }).message);
      expect(exported).toEqual(lines);
    });

    it('packs nothing twice: what the page loads is the same for everybody', async () => {
      const { text } = await ask(host(), '');
      for (const [, name = ''] of text.matchAll(/assets\/([\w.-]+)/g)) {
        const packed = await ask(host(), `/assets/${name}`);
        const plain = await request(consoleAt(host(), `/assets/${name}`));
        expect(packed.headers['content-encoding']).toBe('gzip');
        expect(packed.text).toBe(plain.text);
        expect(packed.bytes.length).toBeLessThan(plain.bytes.length);
      }
    });
  },
);

const ELSEWHERE = 'https://ops.example.com';

describeHost(
  'CORS that is open to everybody',
  (adapter) =>
    startHost(adapter, {
      signIn: async () => ({ ...bearer(OPERATOR), origin: ELSEWHERE, 'sec-fetch-site': 'cross-site' }),
      prepare: (app) => app.enableCors({ origin: true, credentials: true }),
    }),
  (host) => {
    it('opens the console to other sites for who shows a token, streams too', async () => {
      for (const path of ['entries', 'stream', 'tail', 'export']) {
        const reply = await request(consoleAt(host(), `/api/${path}`), {
          method: 'HEAD',
          headers: host().operator,
        });
        expect(reply).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': ELSEWHERE } });
      }
    });

    it('does not open it to a page of another site that only has the cookie', async () => {
      const signIn = await request(consoleAt(host(), '/api/session'), {
        method: 'POST',
        headers: bearer(OPERATOR),
      });
      const cookie = signIn.headers['set-cookie']?.[0]?.split(';')[0];
      expect(await request(consoleAt(host(), '/api/session'), { headers: { cookie } })).toMatchObject({
        status: 200,
      });
      for (const path of ['session', 'entries', 'stream', 'tail', 'export']) {
        for (const headers of [
          { cookie, origin: ELSEWHERE },
          { cookie, origin: ELSEWHERE, 'sec-fetch-site': 'cross-site' },
        ]) {
          const reply = await request(consoleAt(host(), `/api/${path}`), { headers });
          expect(reply).toMatchObject({ status: 403, json: { statusCode: 403, error: 'Forbidden' } });
        }
      }
    });
  },
);
