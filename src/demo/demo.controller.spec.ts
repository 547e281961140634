import type { Server } from 'node:http';
import { type INestApplication, ValidationPipe } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';
import type { Problem } from '../common/problem.js';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { DemoModule } from './demo.module.js';

describe('DemoController', () => {
  let app: INestApplication<Server>;
  let log: CapturedLog;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [DemoModule] }).compile();
    app = module.createNestApplication<INestApplication<Server>>();
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    await app.init();
  });

  beforeEach(() => {
    log = captureLog();
  });

  afterAll(() => app.close());

  const post = (path: string, body?: object) => request(app.getHttpServer()).post(path).send(body);

  it('logs one line', async () => {
    const body = {
      level: 'warn',
      message: 'Low',
      context: 'Stock',
      data: { deep: { list: [1] } },
      error: true,
    };
    await post('/demo/log', body).expect(201, { written: 1 });
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({ level: 'warn', message: 'Low', context: 'Stock' });
    expect(log.lines[0].params).toEqual([{ deep: { list: [1] } }, new Error('Attached by the demo')]);
  });

  it.each([
    [{ level: 'info' }, 'level must be one of the following values: verbose, debug, log, warn, error, fatal'],
    [{ message: 5 }, 'message must be a string'],
    [{ message: undefined }, 'message must be a string'],
    [{ context: '' }, 'context must be longer than or equal to 1 characters'],
    [{ context: 7 }, 'context must be a string'],
    [{ data: [1] }, 'data must be an object'],
    [{ data: 'text' }, 'data must be an object'],
    [{ error: 1 }, 'error must be true, false or a string'],
    [{ stack: 'x' }, 'property stack should not exist'],
  ])('refuses %j and names the field', async (wrong, message) => {
    const refused = await post('/demo/log', { level: 'log', message: 'Hello', ...wrong }).expect(400);
    expect((refused.body as Problem).message).toContain(message);
    expect(log.lines).toEqual([]);
  });

  it.each([
    ['', 1000],
    ['?n=1', 1],
    ['?n=100000', 100_000],
  ])('logs a burst for "%s"', async (query, n) => {
    await post(`/demo/burst${query}`).expect(201, { written: n });
    expect(log.lines).toHaveLength(n);
  });

  it.each(['0', '100001', '-1', '1.5', '1e3', '0x10', '007', 'many', '', '1&n=2'])(
    'refuses a burst of "%s" and names the range',
    async (n) => {
      const refused = await post(`/demo/burst?n=${n}`).expect(400);
      expect((refused.body as Problem).message).toEqual(['n must be a whole number from 1 to 100000']);
      expect(log.lines).toEqual([]);
    },
  );
});
