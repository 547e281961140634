import { Injectable, Logger } from '@nestjs/common';
import { Random } from '../common/random.js';
import type { Step } from './step.js';

const conveyor = new Logger('Conveyor');
const forklifts = new Logger('Forklifts');
const climate = new Logger('Climate');
const gates = new Logger('Gates');

/** The machines of the warehouse say how they are. */
@Injectable()
export class FloorStep implements Step {
  readonly weight = 22;

  constructor(private readonly random: Random) {}

  run(): void {
    this.random.pick([this.#conveyor, this.#forklift, this.#climate, this.#gate])();
  }

  #conveyor = () => {
    const metresPerMinute = this.random.whole(52, 64);
    conveyor.verbose(`Line 1 runs at ${metresPerMinute} m/min`, { line: 1, metresPerMinute });
    if (this.random.chance(0.08)) conveyor.warn('Line 1 held for a carton across the belt, cleared by hand');
  };

  #forklift = () => {
    const [forklift, charge] = [this.random.whole(1, 6), this.random.whole(12, 100)];
    if (charge < 20) forklifts.warn(`Forklift ${forklift} has to be charged`, { forklift, charge });
    else forklifts.debug(`Forklift ${forklift} is at ${charge} % charge`);
  };

  #climate = () => {
    climate.verbose(`Hall 1 has ${this.random.whole(17, 21)} °C and ${this.random.whole(38, 52)} % humidity`);
  };

  #gate = () => {
    const gate = this.random.whole(1, 4);
    gates.log(this.random.chance(0.5) ? `Gate ${gate} opened` : `Gate ${gate} closed`);
  };
}
