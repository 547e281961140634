import type { INestApplication } from '@nestjs/common';
import { SettingError } from './settings.js';

/** Listens on the port of one address, or of all; a port that cannot be had closes the application and rejects with a SettingError. */
export async function listen(app: INestApplication, port: number, host: string | undefined): Promise<void> {
  try {
    await (host === undefined ? app.listen(port) : app.listen(port, host));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    await app.close();
    if (code === 'EADDRINUSE') throw new SettingError(`PORT ${port} is in use; set PORT to another one`);
    if (code === 'EACCES') throw new SettingError(`PORT ${port} needs more rights; set PORT to another one`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new SettingError('HOST must be an address of this machine, such as 127.0.0.1 or 0.0.0.0');
    }
    throw error;
  }
}
