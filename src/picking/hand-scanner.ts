import { Injectable } from '@nestjs/common';
import { Random } from '../common/random.js';
import type { Location } from '../stock/location.js';
import type { PickLine } from './pick-list.js';

/** What a hand scanner sends for one shelf label. */
export interface ScannerReading {
  readonly sku: string;
  readonly location: Location;
}

/** Stands in for the pickers' hand scanners; one firmware now and then sends a label without its location. */
@Injectable()
export class HandScanner {
  constructor(private readonly random: Random) {}

  read({ sku, location }: PickLine): ScannerReading {
    const sent = JSON.stringify(this.random.chance(0.02) ? { sku } : { sku, location });
    return JSON.parse(sent) as ScannerReading;
  }
}
