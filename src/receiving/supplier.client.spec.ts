import { jest } from '@jest/globals';
import { Pauses } from '../common/pauses.js';
import { Random } from '../common/random.js';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { SupplierTimeoutError } from './supplier-timeout.error.js';
import { SupplierClient } from './supplier.client.js';

const lines = [{ sku: 'AB-444', quantity: 10 }];

/** A client whose next draws of chance are these. */
function setUp(...draws: number[]) {
  const random = new Random('supplier');
  const next = jest.spyOn(random, 'next');
  for (const draw of draws) next.mockReturnValueOnce(draw);
  const pauses = new Pauses();
  const wait = jest.spyOn(pauses, 'wait').mockResolvedValue();
  return { client: new SupplierClient(random, pauses), wait };
}

describe('SupplierClient', () => {
  let log: CapturedLog;

  beforeEach(() => {
    log = captureLog();
  });

  it('is usually quick and notes what was sent', async () => {
    const { client, wait } = setUp(0.1, 0, 0.9);
    await expect(client.deliveryNote('Nordvik', lines)).resolves.toEqual(lines);
    expect(wait).toHaveBeenCalledWith(80);
    expect(log.messages('debug')).toEqual(['Nordvik sent the delivery note after 80 ms']);
  });

  it('warns when the supplier is slow', async () => {
    const { client, wait } = setUp(0.6, 0.999, 0.9);
    await client.deliveryNote('Nordvik', lines);
    expect(wait).toHaveBeenCalledWith(3998);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'Nordvik took 4.0 s to answer',
        params: [{ supplier: 'Nordvik', tookMs: 3998 }],
        context: 'SupplierClient',
      },
    ]);
  });

  it('gives up after five seconds, with the network error as cause', async () => {
    const { client, wait } = setUp(0.9);
    const error = await client.deliveryNote('Nordvik', lines).catch((reason: unknown) => reason);
    expect(wait).toHaveBeenCalledWith(5000);
    expect(error).toBeInstanceOf(SupplierTimeoutError);
    expect(error).toMatchObject({
      message: 'Nordvik did not answer within 5 seconds',
      cause: { code: 'ETIMEDOUT' },
    });
  });

  it('now and then notes more than was sent', async () => {
    const { client } = setUp(0.1, 0, 0.05, 0);
    await expect(client.deliveryNote('Nordvik', lines)).resolves.toEqual([{ sku: 'AB-444', quantity: 11 }]);
  });
});
