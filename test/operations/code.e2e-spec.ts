import {
  Body,
  CanActivate,
  Controller,
  ExecutionContext,
  Get,
  HttpCode,
  Injectable,
  Logger,
  Param,
  Post,
  SetMetadata,
  UseGuards,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { setImmediate, setTimeout } from 'node:timers/promises';
import {
  LogConsoleService,
  LogOperation,
  type Cursor,
  type LogEntry,
  type OperationSummary,
} from 'nestjs-log-console';
import { createLogHost, eventually, messagesOf, type LogHost } from '../reading/log-host.js';
import { ADAPTERS, createHost, type Host } from '../support/host-app.js';
import { request } from '../support/http-client.js';

const logger = new Logger('Catalogue');

/** A decorator as queues have it: it names a method by its function. */
const Process = (queue: string): MethodDecorator => SetMetadata('queue', queue);

@Injectable()
class Catalogue {
  constructor(readonly service: LogConsoleService) {}

  @LogOperation('Import supplier catalogue', { by: 'the night job' })
  async load(supplier: string): Promise<string> {
    logger.log(`loading ${supplier}`);
    await setTimeout(1);
    this.service.currentOperation?.progress(1, 2);
    logger.warn('half of it');
    return supplier.toUpperCase();
  }
}

@Injectable()
class Consumer {
  @Process('above')
  @LogOperation('Job above')
  async above(job: { readonly id: number }): Promise<number> {
    logger.log(`job ${job.id}`);
    return job.id;
  }

  @LogOperation('Job below')
  @Process('below')
  async below(job: { readonly id: number }): Promise<number> {
    logger.log(`job ${job.id}`);
    return job.id;
  }
}

/** Finds its consumers as a queue does, and hands them jobs. */
@Injectable()
class Queue implements OnApplicationBootstrap {
  readonly handlers = new Map<string, (job: object) => Promise<unknown>>();

  constructor(
    readonly discovery: DiscoveryService,
    readonly scanner: MetadataScanner,
    readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders()) {
      const consumer = instance as Record<string, (job: object) => Promise<unknown>> | undefined;
      if (!(consumer instanceof Consumer)) continue;
      for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(consumer) as object)) {
        const queue = this.reflector.get<string | undefined>('queue', consumer[name]);
        if (queue !== undefined) this.handlers.set(queue, (job) => consumer[name](job));
      }
    }
  }
}

@Injectable()
class StaffOnly implements CanActivate {
  constructor(readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    return this.reflector.get('public', context.getHandler()) === true;
  }
}

@Controller('imports')
@UseGuards(StaffOnly)
class ImportsController {
  constructor(readonly catalogue: Catalogue) {}

  @LogOperation('Above the route')
  @SetMetadata('public', true)
  @Get('above/:name')
  async above(@Param('name') name: string): Promise<object> {
    return { loaded: await this.catalogue.load(name) };
  }

  @Post('below/:name')
  @HttpCode(202)
  @SetMetadata('public', true)
  @LogOperation('Below the route')
  async below(@Param('name') name: string, @Body() body: object): Promise<object> {
    logger.log('below');
    return { name, body };
  }

  @LogOperation('Not public')
  @Get('closed')
  async closed(): Promise<void> {
    logger.log('never');
  }
}

describe.each(ADAPTERS)('operations in application code, on %s', (adapter) => {
  let host: LogHost;
  beforeEach(async () => {
    host = await createLogHost(
      adapter,
      { capture: { console: true } },
      {
        imports: [DiscoveryModule],
        controllers: [ImportsController],
        providers: [Catalogue, Consumer, Queue, StaffOnly],
      },
    );
  });
  afterEach(() => host.close());

  const linesOf = async (id: string, of = host): Promise<readonly LogEntry[]> =>
    (await of.service.operationById(id)!.read({ after: '0' as Cursor, limit: 1000 })).entries;
  const called = (name: string): OperationSummary =>
    host.service.operations().find((operation) => operation.name === name)!;

  describe('the service', () => {
    it('runs one: its lines are its own, and stand in the log of the application under its id', async () => {
      logger.log('before');
      const before = await host.service.stats();
      const answer = await host.service.operation('Import', { by: 'Ada', data: { rows: 3 } }, async (op) => {
        logger.log('first', { row: 1 });
        await setTimeout(1);
        console.debug('second');
        op.progress(3, 3);
        return 'loaded';
      });
      logger.log('after');
      expect(answer).toBe('loaded');
      const [operation] = host.service.operations();
      expect(operation).toMatchObject({
        name: 'Import',
        state: 'ok',
        by: 'Ada',
        data: { rows: 3 },
        progress: { done: 3, total: 3 },
        lines: { total: 2, byLevel: { log: 1, debug: 1 } },
        instance: 'web-1',
      });
      const lines = await linesOf(operation.id);
      expect(lines).toMatchObject([
        { message: 'first', context: 'Catalogue', data: { row: 1 }, operation: operation.id },
        { message: 'second', level: 'debug', context: 'console', operation: operation.id },
      ]);
      const inLog = await host.service.read({ filter: { operation: operation.id } });
      expect(inLog.entries.map(({ id: _, ...rest }) => rest)).toEqual(
        lines.map(({ id: _, ...rest }) => rest),
      );
      // What is counted is the log of the application: each line once.
      expect((await host.service.stats()).accepted.total).toBe(before.accepted.total + 3);
    });

    it('starts one and returns at once; who follows it has its lines, and its end', async () => {
      const { id, done, ...operation } = host.service.start('Import', async () => {
        for (let row = 1; row <= 3; row++) {
          logger.log(`row ${row}`);
          await setTimeout(1);
        }
        return 7;
      });
      expect(operation.name).toBe('Import');
      const seen: string[] = [];
      const source = host.service.operationById(id)!;
      for await (const batch of host.service.follow({ after: '0' as Cursor, filter: { operation: id } })) {
        seen.push(...messagesOf(batch));
        if (seen.length === 3) break;
      }
      expect(seen).toEqual(['row 1', 'row 2', 'row 3']);
      expect(await done).toBe(7);
      expect(source.isFinished()).toBe(true);
    });

    it.each([
      ['throws at once', () => thrown(new Error('no supplier')), 'Error: no supplier'],
      ['rejects with nothing', async () => thrown(undefined), '[undefined]'],
    ])('fails one that %s, and its caller', async (_what, fn, message) => {
      const failed = await host.service.operation('Import', fn).then(
        () => 'resolved',
        (error: unknown) => error,
      );
      expect(failed === undefined || failed instanceof Error).toBe(true);
      expect(host.service.operations()).toMatchObject([{ state: 'failed', error: { message } }]);
    });

    it('logs what one threw that nobody waits for, with its stack, as the last line of it', async () => {
      const thrown = [new Error('no such file'), undefined];
      for (const error of thrown) {
        const { id } = host.service.start('Import', () => Promise.reject(error!));
        await eventually(() => host.service.operationById(id)!.isFinished());
        const [line] = await linesOf(id);
        expect(line).toMatchObject({
          level: 'error',
          context: 'LogConsole',
          message: error ? 'Error: no such file' : 'The operation "Import" failed: undefined',
          operation: id,
        });
        expect(line.stack?.split('\n')[0]).toBe(error?.stack?.split('\n')[0]);
      }
    });

    it('says what is wrong with a call, and runs nothing', async () => {
      const wrong = host.service as unknown as Record<'start' | 'operation', (...args: unknown[]) => unknown>;
      let ran = 0;
      const fn = (): number => ran++;
      const name = 'name is a text of 0 characters; accepted: a text of 1 to 200 characters.';
      expect(() => wrong.start('', fn)).toThrow(new TypeError(`start(): ${name}`));
      await expect(wrong.operation('', fn)).rejects.toThrow(new TypeError(`operation(): ${name}`));
      expect(() => wrong.start('Import', { who: 'Ada' }, fn)).toThrow('unknown option who');
      expect(() => wrong.start('Import', 5, fn)).toThrow('options is a number');
      expect(() => wrong.start('Import')).toThrow('fn is undefined; accepted: a function.');
      expect(() => wrong.start('Import', {})).toThrow('fn is an object; accepted: a function.');
      wrong.start('Import', undefined, fn);
      expect([ran, host.service.operations().length]).toEqual([1, 1]);
    });

    it('knows the innermost one, which knows its parent', async () => {
      const ids: unknown[] = [];
      const current = (): unknown => host.service.currentOperation?.id;
      await host.service.operation('Outer', async (outer) => {
        await host.service.operation('Inner', async (inner) => {
          await setImmediate();
          logger.log('inside');
          ids.push(outer.id, inner.id, current());
        });
        logger.log('outside');
        ids.push(current());
      });
      const [outer, inner] = [called('Outer'), called('Inner')];
      expect(ids).toEqual([outer.id, inner.id, inner.id, outer.id]);
      expect([inner.parent, outer.parent, current()]).toEqual([outer.id, undefined, undefined]);
      expect((await linesOf(outer.id)).map(({ message }) => message)).toEqual(['outside']);
      expect((await linesOf(inner.id)).map(({ message }) => message)).toEqual(['inside']);
    });

    it('masks secrets in all of it', async () => {
      await host.service
        .operation('Import password=hunter2hunter2', { data: { token: 'abc' } }, () => {
          logger.log('password=hunter2hunter2', { apiKey: 'hunter2hunter2' });
          throw new Error('password=hunter2hunter2');
        })
        .catch(() => undefined);
      const [operation] = host.service.operations();
      expect(JSON.stringify([operation, await linesOf(operation.id)])).not.toContain('hunter2');
      expect(operation.data).toEqual({ token: '[redacted:token]' });
    });
  });

  describe('@LogOperation()', () => {
    it('makes a method of a provider one', async () => {
      expect(await host.app.get(Catalogue).load('acme')).toBe('ACME');
      const operation = called('Import supplier catalogue');
      expect(operation).toMatchObject({ state: 'ok', by: 'the night job', progress: { done: 1, total: 2 } });
      expect((await linesOf(operation.id)).map(({ message }) => message)).toEqual([
        'loading acme',
        'half of it',
      ]);
    });

    it('makes a route one, above its decorators and below them: parameters, guards and codes stay', async () => {
      const above = await request(`${host.url}/imports/above/acme`);
      expect([above.status, above.json]).toEqual([200, { loaded: 'ACME' }]);
      expect(called('Import supplier catalogue').parent).toBe(called('Above the route').id);
      const below = await request(`${host.url}/imports/below/acme`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"rows":3}',
      });
      expect([below.status, below.json]).toEqual([202, { name: 'acme', body: { rows: 3 } }]);
      expect(called('Below the route').lines.total).toBe(1);
      expect((await request(`${host.url}/imports/closed`)).status).toBe(403);
      expect(called('Not public')).toBeUndefined();
    });

    it.each(['above', 'below'])('makes each job of a queue one, with its decorator %s', async (queue) => {
      const handle = host.app.get(Queue).handlers.get(queue)!;
      expect(await Promise.all([handle({ id: 1 }), handle({ id: 2 })])).toEqual([1, 2]);
      const jobs = host.service.operations().reverse();
      expect(jobs.map(({ name, state }) => [name, state])).toEqual([
        [`Job ${queue}`, 'ok'],
        [`Job ${queue}`, 'ok'],
      ]);
      const lines = await Promise.all(jobs.map(({ id }) => linesOf(id)));
      expect(lines.map((own) => own.map(({ message }) => message))).toEqual([['job 1'], ['job 2']]);
    });
  });

  it('are those of their own application, where a process has several', async () => {
    const other: Host = await createHost(adapter, { console: undefined, options: { path: 'other' } });
    const service = other.app.get(LogConsoleService);
    const { id, done } = host.service.start('Import', async () => {
      logger.log('one line');
      await setImmediate();
    });
    await done;
    expect(service.operations()).toEqual([]);
    expect(await linesOf(id)).toHaveLength(1);
    expect(await service.read({ filter: { operation: id } })).toMatchObject({ size: 1 });
    await eventually(async () => (await host.service.read({ filter: { operation: id } })).size === 1);
    await other.close();
    // The one that is left.
    await host.app.get(Catalogue).load('acme');
    expect(called('Import supplier catalogue').state).toBe('ok');
  });
});

it('@LogOperation() leaves a method as it is where no application has a console', async () => {
  expect(await new Catalogue({} as LogConsoleService).load('acme')).toBe('ACME');
});

function thrown(error: unknown): never {
  throw error;
}
