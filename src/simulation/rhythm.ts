import type { Random } from '../common/random.js';

interface Phase {
  readonly weight: number;
  /** How many steps it lasts. */
  readonly steps: readonly [from: number, to: number];
  /** Milliseconds between two steps. */
  readonly pauseMs: readonly [from: number, to: number];
}

const phases: readonly Phase[] = [
  { weight: 6, steps: [15, 40], pauseMs: [600, 1500] }, // the usual pace
  { weight: 2, steps: [8, 16], pauseMs: [200, 500] }, // a rush
  { weight: 2, steps: [1, 2], pauseMs: [3000, 7000] }, // a quiet moment
];

/** The pace of the day: usual, sometimes a rush, sometimes quiet. */
export class Rhythm {
  #phase = phases[0];
  #stepsLeft = 20;

  /** @param shares how many instances live the day together: each does its share of it */
  constructor(
    private readonly random: Random,
    private readonly shares = 1,
  ) {}

  /** Milliseconds until the next step. */
  nextPauseMs(): number {
    if (this.#stepsLeft === 0) {
      this.#phase = this.random.weighted(phases);
      this.#stepsLeft = this.random.whole(...this.#phase.steps);
    }
    this.#stepsLeft--;
    return this.shares * this.random.whole(...this.#phase.pauseMs);
  }
}
