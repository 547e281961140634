import { RedisDriver, type Command, type Reply } from './driver.js';
import { keysOf } from './keys.js';
import { RedisLog } from './redis-log.js';
import { SCRIPTS } from './scripts.js';

describe('RedisLog', () => {
  const driver = new RedisDriver({ client: {}, commandTimeoutMs: 1000 });
  const log = new RedisLog(driver, keysOf('shop'));

  it('has each new connection begin a generation where one is needed', async () => {
    const sent: Command[] = [];
    await driver.greeting((command) => {
      sent.push(command);
      return Promise.resolve([3, Buffer.from('new')]);
    });
    expect(sent.map(([name, script]) => [name, script])).toEqual([['EVALSHA', SCRIPTS.tend.sha]]);
  });

  it('sends the text of a script that Redis does not know', async () => {
    const sent: Command[] = [];
    const send = (command: Command): Promise<Reply> => {
      sent.push(command);
      return command[0] === 'EVAL'
        ? Promise.resolve([3, Buffer.from('new'), Buffer.from('{}')])
        : Promise.reject(new Error('NOSCRIPT no such script'));
    };
    expect(await log.tend('web-1:a', { facts: '{"pid":7}', goneAfterMs: 15_000 }, send)).toEqual({
      ...{ writers: 3, state: 'new', gone: ['{}'] },
    });
    const keys = ['s', 'm', 'x', 'i', 'g', 'ih', 'ctl'].map((key) => `lc:{shop}:${key}`);
    const args = ['604800', 'web-1:a', '{"pid":7}', '', '15000', '75000'];
    expect(sent[1]).toEqual(['EVAL', SCRIPTS.tend.text, '7', ...keys, ...args]);
  });
});
