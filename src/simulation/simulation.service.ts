import {
  HttpException,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Random } from '../common/random.js';
import { readChoice } from '../settings.js';
import { Rhythm } from './rhythm.js';
import { type Step, STEPS } from './step.js';

/** Lives a working day in the warehouse, one step after the other, unless DEMO_SIMULATION is `off`. */
@Injectable()
export class SimulationService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Simulation');
  #timer?: NodeJS.Timeout;
  #stopped = false;

  constructor(
    private readonly random: Random,
    private readonly rhythm: Rhythm,
    @Inject(STEPS) private readonly steps: readonly Step[],
  ) {}

  onApplicationBootstrap(): void {
    if (readChoice('DEMO_SIMULATION', ['on', 'off']) === 'off') return;
    this.logger.log(`The working day begins (DEMO_SEED=${this.random.seed} repeats it)`);
    this.#plan();
  }

  onModuleDestroy(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Lets one thing happen. What fails is logged: never rejects. */
  async step(): Promise<void> {
    try {
      await this.random.weighted(this.steps).run();
    } catch (error) {
      this.#report(error);
    }
  }

  #plan(): void {
    this.#timer = setTimeout(() => {
      this.#plan();
      void this.step();
    }, this.rhythm.nextPauseMs()).unref();
  }

  /** The services have told about their own refusals; anything else is news. */
  #report(error: unknown): void {
    if (this.#stopped) return;
    if (error instanceof HttpException) {
      this.logger.debug(`Request ended with ${error.getStatus()}: ${error.message}`);
    } else {
      this.logger.error(error);
    }
  }
}
