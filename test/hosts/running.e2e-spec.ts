import { Controller, Logger, type INestMicroservice } from '@nestjs/common';
import {
  ClientProxyFactory,
  MessagePattern,
  Transport,
  type ClientProxy,
  type MicroserviceOptions,
} from '@nestjs/microservices';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { LogConsoleModule, type LogBatch } from 'nestjs-log-console';
import { type AddressInfo, type Server } from 'node:net';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { firstValueFrom } from 'rxjs';
import { bearer, OPERATOR, PEOPLE } from '../access/people.js';
import { PrintingLogger, startWith } from '../capture/printing-logger.js';
import { EventReader } from '../reading/event-reader.js';
import { eventually, messagesOf } from '../reading/log-host.js';
import { describeHost } from './describe-host.js';
import { OrdersController, publishDocument } from './orders.controller.js';
import { ask, consoleAt, startHost, type RunningHostOptions } from './running-host.js';

async function held(host: Parameters<typeof ask>[0], filter = ''): Promise<string[]> {
  return messagesOf((await ask(host, `/api/entries?limit=5000${filter}`)).json as LogBatch);
}

// What is captured and printed with each of them is held by test/capture/boot.e2e-spec.ts.
const LOGGERS: readonly (readonly [name: string, options: RunningHostOptions])[] = [
  ['bufferLogs: true', { create: { bufferLogs: true } }],
  ['logger: false', { create: { logger: false } }],
  ['logger: ["error"]', { create: { logger: ['error'] } }],
  ['a logger of its own', { create: { logger: new PrintingLogger() } }],
  ['a logger of its own after create()', { prepare: (app) => app.useLogger(new PrintingLogger()) }],
];

for (const [name, options] of LOGGERS) {
  describeHost(name, (adapter) => {
    startWith(new PrintingLogger());
    return startHost(adapter, { options: { access: { tokens: PEOPLE }, forward: undefined }, ...options });
  });
}

const pinoLines: string[] = [];
const logger = pino({}, { write: (line) => void pinoLines.push(line) });

describeHost(
  'pino-http',
  (adapter) => startHost(adapter, { prepare: (app) => app.use(pinoHttp({ logger })) }),
  (host) => {
    it('goes on logging requests, and what pino is given directly is not captured', async () => {
      pinoLines.length = 0;
      logger.info('by pino alone');
      await ask(host(), '/api/stats');
      await eventually(() => pinoLines.length === 2);
      expect(pinoLines.map((line) => JSON.parse(line) as object)).toMatchObject([
        { msg: 'by pino alone' },
        { msg: 'request completed', req: { url: '/log-console/api/stats' }, res: { statusCode: 200 } },
      ]);
      for (const line of ['by pino', 'request completed'])
        expect(await held(host(), `&search=${encodeURIComponent(line)}`)).toEqual([]);
    });
  },
);

describeHost('another application beside it in the process', async (adapter) => {
  const other = await startHost(adapter);
  const host = await startHost(adapter);
  return {
    ...host,
    close: async () => {
      await host.close();
      await other.close();
    },
  };
});

describeHost('its application made by Test.createTestingModule()', async (adapter) => {
  const testing = await Test.createTestingModule({
    imports: [LogConsoleModule.forRoot({ access: { tokens: PEOPLE }, forward: false })],
    controllers: [OrdersController],
  }).compile();
  const app = testing.createNestApplication(
    adapter === 'express' ? new ExpressAdapter() : new FastifyAdapter(),
  );
  publishDocument(app);
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as Server).address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    prefix: '',
    operator: bearer(OPERATOR),
    close: () => app.close(),
  };
});

@Controller()
class ParcelsController {
  @MessagePattern('send')
  send(parcel: string): string {
    new Logger('Parcels').log(parcel);
    return 'sent';
  }
}

let parcels: INestMicroservice;

describeHost(
  'a microservice beside its HTTP server',
  (adapter) =>
    startHost(adapter, {
      controllers: [ParcelsController],
      prepare: async (app) => {
        parcels = app.connectMicroservice<MicroserviceOptions>(
          { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } },
          { inheritAppConfig: true },
        );
        await app.startAllMicroservices();
      },
    }),
  (host) => {
    let client: ClientProxy | undefined;
    afterEach(async () => {
      await client?.close();
    });

    it('shows what a message handler logs, as it happens', async () => {
      const reader = await EventReader.open(
        consoleAt(host(), '/api/stream?context=Parcels&limit=0'),
        host().operator,
      );
      await reader.first('hello');
      const { port } = parcels.unwrap<Server>().address() as AddressInfo;
      client = ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } });
      expect(await firstValueFrom(client.send<string>('send', 'a parcel'))).toBe('sent');
      await reader.first('message');
      expect(reader.messages).toEqual(['a parcel']);
      expect(await held(host(), '&context=Parcels')).toEqual(['a parcel']);
      reader.close();
    });
  },
);
