import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Watchdog } from './watchdog.js';

let silences: number;
let watchdog: Watchdog;

beforeEach(() => {
  jest.useFakeTimers();
  silences = 0;
  watchdog = new Watchdog(
    () => 3000,
    () => silences++,
  );
});

afterEach(() => {
  watchdog.stop();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

test('notices a silence within 0.6 s, once', () => {
  jest.advanceTimersByTime(2900);
  expect(silences).toBe(0);
  jest.advanceTimersByTime(700);
  expect(silences).toBe(1);
  jest.advanceTimersByTime(60_000);
  expect(silences).toBe(1);
});

test('every sound puts it off', () => {
  for (let turn = 0; turn < 20; turn++) {
    jest.advanceTimersByTime(2500);
    watchdog.heard();
  }
  expect(silences).toBe(0);
});

test('what arrived while the machine slept is heard first', () => {
  jest.setSystemTime(Date.now() + 3_600_000);
  jest.advanceTimersByTime(500);
  watchdog.heard();
  jest.advanceTimersByTime(2000);
  expect(silences).toBe(0);
});

test('a machine that slept is noticed by its clock, one whose clock was set back by the other', () => {
  jest.setSystemTime(Date.now() + 3_600_000);
  jest.advanceTimersByTime(700);
  expect(silences).toBe(1);
  watchdog = new Watchdog(
    () => 3000,
    () => silences++,
  );
  jest.setSystemTime(Date.now() - 3_600_000);
  jest.advanceTimersByTime(3700);
  expect(silences).toBe(2);
});
