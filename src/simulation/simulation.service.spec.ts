import { jest } from '@jest/globals';
import { ConflictException } from '@nestjs/common';
import { Random } from '../common/random.js';
import { SettingError } from '../settings.js';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { Rhythm } from './rhythm.js';
import { SimulationService } from './simulation.service.js';

describe('SimulationService', () => {
  const run = jest.fn<() => Promise<void>>();
  let log: CapturedLog;
  let simulation: SimulationService;

  beforeEach(() => {
    jest.useFakeTimers();
    log = captureLog();
    run.mockReset();
    const random = new Random('monday');
    simulation = new SimulationService(random, new Rhythm(random), [{ weight: 1, run }]);
    delete process.env.DEMO_SIMULATION;
  });

  afterEach(() => {
    simulation.onModuleDestroy();
    jest.useRealTimers();
    delete process.env.DEMO_SIMULATION;
  });

  it('lives the day step by step until the application closes', async () => {
    simulation.onApplicationBootstrap();
    expect(log.messages('log')).toEqual(['The working day begins (DEMO_SEED=monday repeats it)']);
    await jest.advanceTimersByTimeAsync(10_000);
    const steps = run.mock.calls.length;
    expect(steps).toBeGreaterThanOrEqual(6);
    simulation.onModuleDestroy();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(run).toHaveBeenCalledTimes(steps);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('stays away when DEMO_SIMULATION is off', () => {
    process.env.DEMO_SIMULATION = 'off';
    simulation.onApplicationBootstrap();
    expect(jest.getTimerCount()).toBe(0);
    expect(log.lines).toEqual([]);
  });

  it('does not guess what another value means', () => {
    process.env.DEMO_SIMULATION = 'false';
    expect(() => simulation.onApplicationBootstrap()).toThrow(
      new SettingError('DEMO_SIMULATION must be on or off'),
    );
  });

  it('mentions a refused request, which the services have logged', async () => {
    run.mockRejectedValue(new ConflictException('Not enough stock'));
    await simulation.step();
    expect(log.messages('debug')).toEqual(['Request ended with 409: Not enough stock']);
    expect(log.messages('error')).toEqual([]);
  });

  it('survives a step that throws, and logs the error', async () => {
    const bug = new TypeError('bug');
    run.mockImplementation(() => {
      throw bug;
    });
    await simulation.step();
    expect(log.messages('error')).toEqual([bug]);
  });

  it('is silent about steps that the closing application cut short', async () => {
    run.mockRejectedValue(new Error('cut short'));
    simulation.onModuleDestroy();
    await simulation.step();
    expect(log.lines).toEqual([]);
  });
});
