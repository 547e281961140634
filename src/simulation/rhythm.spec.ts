import { Random } from '../common/random.js';
import { Rhythm } from './rhythm.js';

const pauses = (seed: string, count: number, shares?: number) => {
  const rhythm = new Rhythm(new Random(seed), shares);
  return Array.from({ length: count }, () => rhythm.nextPauseMs());
};

describe('Rhythm', () => {
  it('is the same for the same seed', () => {
    expect(pauses('monday', 200)).toEqual(pauses('monday', 200));
    expect(pauses('monday', 200)).not.toEqual(pauses('tuesday', 200));
  });

  it('leaves the others their shares', () => {
    expect(pauses('monday', 50, 3)).toEqual(pauses('monday', 50).map((ms) => 3 * ms));
  });

  it('begins at the usual pace, and knows rushes and quiet moments', () => {
    const day = pauses('monday', 2000);
    expect(Math.min(...day.slice(0, 20))).toBeGreaterThanOrEqual(600);
    expect(Math.max(...day.slice(0, 20))).toBeLessThanOrEqual(1500);
    expect(Math.min(...day)).toBeGreaterThanOrEqual(200);
    expect(Math.max(...day)).toBeLessThanOrEqual(7000);
    expect(day.filter((ms) => ms <= 500).length).toBeGreaterThan(100);
    expect(day.filter((ms) => ms >= 3000).length).toBeGreaterThan(10);
  });
});
