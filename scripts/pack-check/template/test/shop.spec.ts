import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { LogConsoleService } from 'nestjs-log-console';
import { ShopModule } from '../src/shop.module.js';

declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void>) => void;
declare const expect: (value: unknown) => { toContain(item: unknown): void };

describe('the shop', () => {
  it('has its lines in the console', async () => {
    const testing = await Test.createTestingModule({ imports: [ShopModule] }).compile();
    const app = await testing.createNestApplication().init();
    new Logger('Orders').log('a line of the test');
    const { entries } = await app.get(LogConsoleService).read({ filter: { context: ['Orders'] } });
    expect(entries.map(({ message }) => message)).toContain('a line of the test');
    await app.close();
  });
});
