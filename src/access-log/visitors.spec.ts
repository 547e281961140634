import { jest } from '@jest/globals';
import { Random } from '../common/random.js';
import { accessLine, type Access } from './access-line.js';
import { type AccessLog } from './access-log.js';
import { Visitors } from './visitors.js';

describe('Visitors', () => {
  const write = jest.fn<(access: Access) => void>();
  let visitors: Visitors;
  beforeEach(() => {
    jest.useFakeTimers();
    write.mockReset();
    visitors = new Visitors(new Random('monday'), { write } as unknown as AccessLog);
    delete process.env.DEMO_SIMULATION;
  });
  afterEach(() => {
    visitors.onModuleDestroy();
    jest.useRealTimers();
    delete process.env.DEMO_SIMULATION;
  });

  it('come and go until the application closes', async () => {
    visitors.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(10_000);
    const visits = write.mock.calls.length;
    expect(visits).toBeGreaterThan(10);
    visitors.onModuleDestroy();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(write).toHaveBeenCalledTimes(visits);
  });

  it('stay away when DEMO_SIMULATION is off', () => {
    process.env.DEMO_SIMULATION = 'off';
    visitors.onApplicationBootstrap();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('mostly find what they look for, and sometimes do not', () => {
    for (let visit = 0; visit < 500; visit++) visitors.visit();
    const statuses = write.mock.calls.map(([{ status }]) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 201, 304, 404, 502]));
    expect(statuses.filter((status) => status < 400).length).toBeGreaterThan(400);
    const [[access]] = write.mock.calls;
    expect(accessLine(access)).toMatch(
      /^10\.0\.\d+\.\d+ - - \[.*\] "(GET|POST) \/shop\/\S+ HTTP\/1\.1" \d{3} \d+ "-" ".+"$/,
    );
  });

  it('leave the chance of the working day alone', () => {
    const random = new Random('monday');
    new Visitors(random, { write } as unknown as AccessLog).visit();
    expect(random.next()).toBe(new Random('monday').next());
  });
});
