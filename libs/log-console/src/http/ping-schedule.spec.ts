import { jest } from '@jest/globals';
import { PingSchedule } from './ping-schedule.js';

describe('PingSchedule', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('has a ping due at 1, 2, 3, 5 and 7 seconds, then every 10', () => {
    const start = performance.now();
    const pings = new PingSchedule();
    const due = Array.from({ length: 9 }, () => {
      jest.advanceTimersByTime(pings.untilNext());
      pings.sent();
      return (performance.now() - start) / 1000;
    });
    expect(due).toEqual([1, 2, 3, 5, 7, 10, 20, 30, 40]);
  });

  it('counts down, and stays due until the ping is sent', () => {
    const pings = new PingSchedule();
    expect(pings.untilNext()).toBe(1000);
    jest.advanceTimersByTime(400);
    expect(pings.untilNext()).toBe(600);
    jest.advanceTimersByTime(601);
    expect(pings.untilNext()).toBe(0);
  });

  it('sends one ping, not a pile, after the process stood still', () => {
    const pings = new PingSchedule();
    jest.advanceTimersByTime(25_000);
    expect(pings.untilNext()).toBe(0);
    pings.sent();
    expect(pings.untilNext()).toBe(5000);
  });
});
