import { ServiceUnavailableException } from '@nestjs/common';
import { Pauses } from './pauses.js';

describe('Pauses', () => {
  it('ends a pause in time', async () => {
    await expect(new Pauses().wait(1)).resolves.toBeUndefined();
  });

  it('ends running and later pauses with a 503 when the application closes', async () => {
    const pauses = new Pauses();
    const running = pauses.wait(60_000);
    pauses.onModuleDestroy();
    await expect(running).rejects.toBeInstanceOf(ServiceUnavailableException);
    await expect(pauses.wait(60_000)).rejects.toBeInstanceOf(ServiceUnavailableException);
  });
});
