import { WrongAttempts } from './wrong-attempts.js';

const MINUTE = 60_000;

function many(attempts: WrongAttempts, count: number, address = '10.0.0.1', now = 0): (number | undefined)[] {
  return Array.from({ length: count }, () => attempts.add(address, now));
}

describe('Wrong tokens', () => {
  it('are allowed ten times a minute', () => {
    const answers = many(new WrongAttempts(), 12);
    expect(answers.slice(0, 10)).toEqual(Array(10).fill(undefined));
    expect(answers.slice(10)).toEqual([60, 60]);
  });

  it('wait for the rest of the minute, in whole seconds and never none', () => {
    const attempts = new WrongAttempts();
    many(attempts, 10);
    expect(attempts.add('10.0.0.1', 1)).toBe(60);
    expect(attempts.add('10.0.0.1', 30_500)).toBe(30);
    expect(attempts.add('10.0.0.1', MINUTE - 1)).toBe(1);
  });

  it('are forgotten after a minute', () => {
    const attempts = new WrongAttempts();
    many(attempts, 20);
    expect(many(attempts, 11, '10.0.0.1', MINUTE)).toEqual([...Array<undefined>(10).fill(undefined), 60]);
  });

  it('are counted per address', () => {
    const attempts = new WrongAttempts();
    many(attempts, 20);
    expect(attempts.add('10.0.0.2', 0)).toBeUndefined();
    expect(attempts.add('10.0.0.1', 0)).toBe(60);
  });

  it('of very many addresses fill no memory: the oldest is forgotten', () => {
    const attempts = new WrongAttempts();
    many(attempts, 11, 'first');
    many(attempts, 11, 'second');
    for (let index = 0; index < 9_999; index++) attempts.add(`other-${index}`, 1);
    expect(attempts.add('second', 2)).toBeDefined();
    expect(attempts.add('first', 2)).toBeUndefined();
  });

  it('by default are timed by the clock that only goes forward', () => {
    const attempts = new WrongAttempts();
    expect(Array.from({ length: 11 }, () => attempts.add('10.0.0.1')).at(-1)).toBe(60);
  });
});
