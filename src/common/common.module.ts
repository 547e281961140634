import { randomInt } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { readText } from '../settings.js';
import { Pauses } from './pauses.js';
import { Random } from './random.js';

/** Chance and time for the whole warehouse; DEMO_SEED (any text) makes chance repeatable. */
@Global()
@Module({
  providers: [
    Pauses,
    {
      provide: Random,
      useFactory: () => new Random(readText('DEMO_SEED') ?? String(randomInt(1_000_000))),
    },
  ],
  exports: [Pauses, Random],
})
export class CommonModule {}
