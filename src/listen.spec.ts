import type { INestApplication } from '@nestjs/common';
import { jest } from '@jest/globals';
import { listen } from './listen.js';
import { SettingError } from './settings.js';

/** As much of an application as listening needs. */
function appThat(fails?: Error) {
  const close = jest.fn(() => Promise.resolve());
  const app = { listen: () => (fails ? Promise.reject(fails) : Promise.resolve()), close };
  return { app: app as unknown as INestApplication, close };
}

describe('listen', () => {
  it('leaves a listening application open', async () => {
    const { app, close } = appThat();
    await expect(listen(app, 3000, undefined)).resolves.toBeUndefined();
    expect(close).not.toHaveBeenCalled();
  });

  it.each([
    ['EADDRINUSE', 'PORT 3000 is in use; set PORT to another one'],
    ['EADDRNOTAVAIL', 'HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0'],
    ['EACCES', 'PORT 3000 needs more rights; set PORT to another one'],
  ])('closes the application and names the variable on %s', async (code, message) => {
    const { app, close } = appThat(Object.assign(new Error('listen failed'), { code }));
    await expect(listen(app, 3000, undefined)).rejects.toThrow(new SettingError(message));
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('passes other errors on', async () => {
    const other = new Error('other');
    await expect(listen(appThat(other).app, 3000, undefined)).rejects.toBe(other);
  });
});
