import type { INestApplication } from '@nestjs/common';
import { SettingError } from './settings.js';

/** Listens on the port; a port that cannot be had closes the application and rejects with a SettingError. */
export async function listen(app: INestApplication, port: number): Promise<void> {
  try {
    await app.listen(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    await app.close();
    if (code === 'EADDRINUSE') throw new SettingError(`PORT ${port} is in use; set PORT to another one`);
    if (code === 'EACCES') throw new SettingError(`PORT ${port} needs more rights; set PORT to another one`);
    throw error;
  }
}
