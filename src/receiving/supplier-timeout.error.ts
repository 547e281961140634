/** A supplier's system did not answer in time; the cause is the network error beneath. */
export class SupplierTimeoutError extends Error {
  override readonly name = 'SupplierTimeoutError';

  constructor(supplier: string, seconds: number) {
    super(`${supplier} did not answer within ${seconds} seconds`, {
      cause: Object.assign(new Error('connect ETIMEDOUT 10.20.4.17:443'), { code: 'ETIMEDOUT' }),
    });
  }
}
