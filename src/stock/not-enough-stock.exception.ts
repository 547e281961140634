import { ConflictException } from '@nestjs/common';

/** More pieces were asked for than are free (409). */
export class NotEnoughStockException extends ConflictException {
  constructor(
    readonly sku: string,
    readonly asked: number,
    readonly free: number,
  ) {
    super(`Not enough stock of ${sku}: ${asked} asked for, ${free} available`);
  }
}
