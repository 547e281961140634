import { jest } from '@jest/globals';
import { type Readable } from 'node:stream';
import { type EventReader } from '../reading/event-reader.js';
import { createLogHost, logLines, type LogHost } from '../reading/log-host.js';
import { type ComingText } from '../support/http-client.js';
import { ADAPTERS } from '../support/host-app.js';
import { describeWith } from '../support/services.js';
import { putBehind, type BehindNginx } from './behind-nginx.js';
import { CONFIGURATIONS } from './configurations.js';

/** After 1, 2, 3, 5, 7, 10, 20 … 60 seconds. */
const PINGS_OF_A_MINUTE = 11;

interface Open {
  readonly where: string;
  readonly reader: EventReader<Readable>;
}

describeWith('nginx', 'A minute in which nothing is logged, behind nginx', (command) => {
  jest.setTimeout(90_000);
  const hosts: LogHost[] = [];
  const proxies: BehindNginx[] = [];
  afterEach(async () => {
    for (const proxy of proxies) await proxy.close();
    for (const host of hosts) await host.close();
  });

  it('ends no stream, with any settings, nor a tail with those we advise; the next line comes everywhere', async () => {
    for (const adapter of ADAPTERS) hosts.push(await createLogHost(adapter));
    const streams: Open[] = [];
    const tails: ComingText[] = [];
    for (const host of hosts) {
      for (const configured of CONFIGURATIONS) {
        const nginx = await putBehind(command, host, configured);
        proxies.push(nginx);
        streams.push({
          where: `${configured.name} ${ADAPTERS[hosts.indexOf(host)]}`,
          reader: await nginx.follow(),
        });
        if (configured.name.includes('docs/deployment.md')) tails.push(await nginx.tail());
      }
    }
    expect(streams).toHaveLength(10);
    expect(tails).toHaveLength(2);

    const quiet = streams.map(async ({ where, reader }) => {
      await reader
        .until(() => reader.named('ping').length >= PINGS_OF_A_MINUTE)
        .catch((error: unknown) => {
          throw new Error(`${where}: ${String(error)}`);
        });
    });
    await Promise.all(quiet);
    const [line] = logLines(1);
    for (const { reader } of streams) {
      await reader.first('message');
      expect(reader.messages).toEqual([line]);
      expect(reader.gaps).toEqual([]);
      // Nothing was held back to come at once in the end.
      const pings = reader.named('ping');
      expect(pings.at(-1)!.at - pings[0].at).toBeGreaterThan(50_000);
    }
    for (const tail of tails) expect(await tail.until(`${line}\n`)).toMatch(/^[^\n]+\n[^\n]+\n$/);
  });
});
