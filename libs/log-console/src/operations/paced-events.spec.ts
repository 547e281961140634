import { jest } from '@jest/globals';
import { contextStorage } from './context-storage.js';
import { PacedEvents } from './paced-events.js';

describe('PacedEvents', () => {
  let now = 0;
  let value = 0;
  let told: number[] = [];
  beforeEach(() => {
    now = value = 0;
    told = [];
    jest.useFakeTimers({ doNotFake: ['performance'] });
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const report = jest.fn();
  const create = (): PacedEvents<number> => new PacedEvents(() => value, report);
  const pass = (ms: number): void => {
    now += ms;
    jest.advanceTimersByTime(ms);
  };

  it('tells the first change at once, the others twice a second, and the last of each', () => {
    const events = create();
    events.listen((event) => told.push(event));
    for (; value < 210; value++) {
      events.changed();
      pass(10);
    }
    expect(told).toEqual([0, 49, 99, 149, 199]);
    pass(500);
    expect(told).toEqual([0, 49, 99, 149, 199, 210]);
    pass(5000);
    expect(told).toHaveLength(6);
    events.changed();
    expect(told).toHaveLength(7);
  });

  it('tells the end at once, once, and nothing after it', () => {
    const events = create();
    events.listen((event) => told.push(event));
    events.changed();
    value = 1;
    events.changed();
    value = 2;
    events.end();
    expect(told).toEqual([0, 2]);
    expect(jest.getTimerCount()).toBe(0);
    value = 3;
    events.changed();
    pass(1000);
    expect(told).toEqual([0, 2]);
  });

  it('costs nothing while nobody listens: no timer, nothing made', () => {
    const made = jest.fn(() => 1);
    const events = new PacedEvents(made, report);
    events.changed();
    events.listen(() => undefined)();
    events.changed();
    expect(jest.getTimerCount()).toBe(0);
    expect(made).not.toHaveBeenCalled();
  });

  it('tells one that listens twice twice, until each is stopped', () => {
    const events = create();
    const listener = (event: number): number => told.push(event);
    const [stop] = [events.listen(listener), events.listen(listener)];
    events.changed();
    stop();
    pass(500);
    events.changed();
    expect(told).toEqual([0, 0, 0]);
  });

  it('tells the others when a listener throws, and reports it', () => {
    const events = create();
    const error = new Error('a bad listener');
    events.listen(() => {
      throw error;
    });
    events.listen((event) => told.push(event));
    events.changed();
    expect(told).toEqual([0]);
    expect(report).toHaveBeenCalledWith(error);
  });

  it('keeps listeners out of the context of what they listen to', () => {
    const events = create();
    let seen: unknown;
    events.listen(() => (seen = contextStorage.getStore()?.operation));
    contextStorage.run({ operation: { id: 'o-1' } }, () => events.changed());
    expect(seen).toBeUndefined();
  });
});
