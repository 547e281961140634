import { Injectable } from '@nestjs/common';
import { Random } from '../common/random.js';
import { PickingService } from '../picking/picking.service.js';
import type { Step } from './step.js';

const pickers = ['Mira', 'Jonas', 'Adaeze', 'Piotr', 'Lucía', 'Tomás'];

/** A picker comes back with the goods of the oldest open pick list. */
@Injectable()
export class PickStep implements Step {
  readonly weight = 36;

  constructor(
    private readonly random: Random,
    private readonly picking: PickingService,
  ) {}

  run(): void {
    const oldest = this.picking.list().findLast(({ state }) => state === 'open');
    if (oldest) this.picking.confirm(oldest.id, this.random.pick(pickers));
  }
}
