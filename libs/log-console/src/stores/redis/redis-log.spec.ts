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
      return Promise.resolve(1);
    });
    expect(sent.map(([name, script]) => [name, script])).toEqual([['EVALSHA', SCRIPTS.tend.sha]]);
  });

  it('sends the text of a script that Redis does not know', async () => {
    const sent: Command[] = [];
    const send = (command: Command): Promise<Reply> => {
      sent.push(command);
      return command[0] === 'EVAL'
        ? Promise.resolve(3)
        : Promise.reject(new Error('NOSCRIPT no such script'));
    };
    expect(await log.tend('web-1:a', send)).toBe(3);
    const keys = ['s', 'm', 'x', 'i'].map((key) => `lc:{shop}:${key}`);
    expect(sent[1]).toEqual(['EVAL', SCRIPTS.tend.text, '4', ...keys, 'web-1:a', '60', '604800']);
  });
});
