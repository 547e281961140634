import { jest } from '@jest/globals';
import type { LogLevel } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { CommonModule } from '../common/common.module.js';
import { Pauses } from '../common/pauses.js';
import { StockService } from '../stock/stock.service.js';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { SimulationModule } from './simulation.module.js';
import { SimulationService } from './simulation.service.js';

/** A day of so many steps in which nobody has to wait. */
async function liveThrough(steps: number): Promise<{ module: TestingModule; log: CapturedLog }> {
  const module = await Test.createTestingModule({ imports: [CommonModule, SimulationModule] }).compile();
  jest.spyOn(module.get(Pauses), 'wait').mockResolvedValue();
  const log = captureLog();
  const simulation = module.get(SimulationService);
  for (let step = 0; step < steps; step++) await simulation.step();
  return { module, log };
}

describe('SimulationModule', () => {
  beforeEach(() => {
    process.env.DEMO_SEED = 'a believable day';
  });

  afterEach(() => {
    delete process.env.DEMO_SEED;
  });

  it('fills a day with lines of every level from every part of the warehouse', async () => {
    const { log } = await liveThrough(1000);
    expect(log.lines.length).toBeGreaterThan(3000);
    expect(new Set(log.lines.map(({ level }) => level))).toEqual(
      new Set<LogLevel>(['verbose', 'debug', 'log', 'warn', 'error', 'fatal']),
    );
    const contexts = new Set(log.lines.map(({ context }) => context));
    for (const part of [
      'StockService',
      'ReceivingService',
      'PickingService',
      'OrdersService',
      'SupplierClient',
    ])
      expect(contexts).toContain(part);
    expect(log.lines.some(({ message }) => String(message).includes('\n  '))).toBe(true);
  });

  it('brings 20 to 40 lines with a delivery', async () => {
    const { log } = await liveThrough(300);
    const arrival = log.lines.findIndex(({ message }) => / is at dock \d$/.test(String(message)));
    const booking = log.lines.findIndex(({ message }) => String(message).endsWith(' is booked'));
    expect(booking - arrival).toBeGreaterThanOrEqual(20);
    expect(booking - arrival).toBeLessThanOrEqual(40);
  });

  it('repeats itself with the same seed', async () => {
    const messages = async () => (await liveThrough(100)).log.lines.map(({ message }) => String(message));
    expect(await messages()).toEqual(await messages());
  });

  it('never promises more than there is', async () => {
    const { module } = await liveThrough(1000);
    for (const { quantity, reserved } of module.get(StockService).list()) {
      expect(reserved).toBeGreaterThanOrEqual(0);
      expect(quantity).toBeGreaterThanOrEqual(reserved);
    }
  });
});
