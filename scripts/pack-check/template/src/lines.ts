import { Logger, type DynamicModule, type INestApplication } from '@nestjs/common';
import { LogConsoleModule, LogConsoleService } from 'nestjs-log-console';

/** With `--console` the log console is there, without it everything is as it was before. */
export const consoleIfAsked = (): DynamicModule[] =>
  process.argv.includes('--console') ? [LogConsoleModule.forRoot()] : [];

/** Logs what applications log, and says on stderr what the console has of it. */
export async function logAndReport(app: INestApplication): Promise<void> {
  const logger = new Logger('Orders');
  logger.log('an order was taken');
  logger.warn('shelf 7 is nearly empty');
  logger.error('picking failed', 'Error: picking failed\n    at shelf 7');
  logger.debug('nobody sees this one');
  if (process.argv.includes('--console')) {
    const { entries } = await app.get(LogConsoleService).read({ filter: { context: ['Orders'] } });
    process.stderr.write(JSON.stringify(entries));
  }
  await app.close();
}
