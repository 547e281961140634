import { jest } from '@jest/globals';
import { Repeats } from './repeats.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What was told: `a` of the first, `a+3` of three more. */
function repeats() {
  const told: string[] = [];
  const tell = (name: string) => (more?: { count: number }) =>
    void told.push(more ? `${name}+${more.count}` : name);
  const floods = new Repeats(tell('others'));
  return { told, floods, add: (name: string) => floods.add(name, tell(name)) };
}

/** How many all that was told stands for. */
const sumOf = (told: readonly string[]): number =>
  told.reduce((sum, text) => sum + Number(text.split('+')[1] ?? 1), 0);

describe('What happens again and again', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is told at once the first time, and with its number at the end of the minute', () => {
    const { told, add } = repeats();
    for (let count = 0; count < 5; count++) add('a');
    add('b');
    expect(told).toEqual(['a', 'b']);
    jest.advanceTimersByTime(MINUTE);
    expect(told).toEqual(['a', 'b', 'a+4']);
    jest.advanceTimersByTime(2 * MINUTE);
    add('a');
    add('b');
    expect(told).toEqual(['a', 'b', 'a+4', 'a', 'b']);
  });

  it('says since when', () => {
    const since: unknown[] = [];
    const floods = new Repeats(() => undefined);
    const first = new Date().toISOString();
    const tell = (more?: object): void => void since.push(more);
    floods.add('a', tell);
    floods.add('a', tell);
    jest.advanceTimersByTime(MINUTE);
    floods.add('a', tell);
    floods.close();
    const second = new Date().toISOString();
    expect(since).toEqual([undefined, { count: 1, since: first }, { count: 1, since: second }]);
  });

  it('is told of less and less often while it goes on: after 1, 2, 4 … minutes, then once an hour', () => {
    const { told, floods, add } = repeats();
    const at: number[] = [];
    let before = 1;
    for (let minute = 0; minute < 250; minute++) {
      for (let second = 0; second < 60; second += 20) {
        add('a');
        jest.advanceTimersByTime(20_000);
      }
      if (told.length > before) at.push(minute + 1);
      before = told.length;
    }
    expect(at).toEqual([1, 3, 7, 15, 31, 63, 123, 183, 243]);
    floods.close();
    expect(sumOf(told)).toBe(750);
  });

  it('fills nothing however many kinds there are: what is too much is counted together', () => {
    const { told, floods, add } = repeats();
    for (let index = 0; index < 5000; index++) add(`kind ${index}`);
    expect(told).toHaveLength(50);
    for (let minute = 0; minute < 24 * 60; minute++) {
      for (let index = 0; index < 50; index++) add(`kind ${minute} ${index}`);
      jest.advanceTimersByTime(MINUTE);
    }
    // Six an hour at most.
    expect(told.length).toBeLessThanOrEqual(50 + 6 * 24);
    floods.close();
    expect(sumOf(told)).toBe(5000 + 24 * 60 * 50);
    expect(told.some((text) => text.startsWith('others+'))).toBe(true);
  });

  it('is remembered by a number of kinds, however long they go on', () => {
    const { add } = repeats();
    // Between the moments at which one more may be told.
    jest.advanceTimersByTime(30_000);
    const kinds = Array.from({ length: 200 }, (_, index) => `kind ${index}`);
    for (let known = 50; known <= kinds.length; known++) {
      // The newest at the very moment at which it may be told.
      for (const kind of kinds.slice(0, known).reverse()) add(kind);
      for (let minute = 0; minute < 10; minute++) {
        jest.advanceTimersByTime(minute === 0 ? 30_000 : MINUTE);
        for (const kind of kinds.slice(0, known)) add(kind);
      }
      jest.advanceTimersByTime(30_000);
    }
    expect(jest.getTimerCount()).toBe(101);
  });

  it('is told of one by one again when it is quiet', () => {
    const { told, add } = repeats();
    for (let index = 0; index < 60; index++) add(`kind ${index}`);
    jest.advanceTimersByTime(24 * HOUR);
    expect(told.slice(50)).toEqual(['others+10']);
    add('a');
    expect(told.at(-1)).toBe('a');
  });

  it('leaves no timer and no number behind', () => {
    const { told, floods, add } = repeats();
    add('a');
    add('a');
    add('b');
    floods.close();
    expect(told).toEqual(['a', 'b', 'a+1']);
    expect(jest.getTimerCount()).toBe(0);
  });
});
