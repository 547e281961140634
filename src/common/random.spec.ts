import { Random } from './random.js';

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.next());

describe('Random', () => {
  it('repeats itself with the same seed and differs with another', () => {
    const first = draw(new Random('monday'), 50);
    expect(draw(new Random('monday'), 50)).toEqual(first);
    expect(draw(new Random('tuesday'), 50)).not.toEqual(first);
  });

  it('spreads evenly over [0, 1)', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const value of draw(new Random('spread'), 10_000)) tenths[Math.floor(value * 10)]++;
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('draws whole numbers with both bounds included', () => {
    const random = new Random('whole');
    const seen = new Set(Array.from({ length: 200 }, () => random.whole(2, 5)));
    expect([...seen].sort()).toEqual([2, 3, 4, 5]);
  });

  it('knows never and always', () => {
    const random = new Random('chance');
    const answers = (probability: number) =>
      new Set(Array.from({ length: 200 }, () => random.chance(probability)));
    expect(answers(0)).toEqual(new Set([false]));
    expect(answers(1)).toEqual(new Set([true]));
  });

  it('picks every element sooner or later, and refuses an empty list', () => {
    const random = new Random('pick');
    const seen = new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])));
    expect([...seen].sort()).toEqual(['a', 'b', 'c']);
    expect(() => random.pick([])).toThrow(RangeError);
    expect(() => random.weighted([])).toThrow(RangeError);
  });

  it('picks by weight', () => {
    const random = new Random('weights');
    const list = [
      { name: 'often', weight: 9 },
      { name: 'seldom', weight: 1 },
      { name: 'never', weight: 0 },
    ];
    const seen = Array.from({ length: 1000 }, () => random.weighted(list).name);
    const often = seen.filter((name) => name === 'often').length;
    expect(often).toBeGreaterThan(850);
    expect(often).toBeLessThan(950);
    expect(seen).not.toContain('never');
  });
});
