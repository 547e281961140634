import { jest } from '@jest/globals';
import { Random } from '../common/random.js';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { LabelPrinter } from './label-printer.js';

describe('LabelPrinter', () => {
  const random = new Random('printer');
  const chance = jest.spyOn(random, 'chance');
  let log: CapturedLog;
  let printer: LabelPrinter;

  beforeEach(() => {
    log = captureLog();
    printer = new LabelPrinter(random);
    chance.mockReset().mockReturnValue(false);
  });

  it('prints', () => {
    printer.print(1);
    expect(log.messages('debug')).toEqual(['Label of order 1 printed on LP-2']);
  });

  it('stops with a fatal line that holds the error and its cause', () => {
    chance.mockReturnValue(true);
    printer.print(1);
    const [{ level, message, params }] = log.lines;
    expect([level, message]).toEqual(['fatal', 'Label printer LP-2 at packing table 1 stopped answering']);
    expect(params[0]).toMatchObject({
      message: 'No answer on /dev/usb/lp2 for 10 seconds',
      cause: { code: 'EPIPE' },
    });
  });

  it('keeps labels while it is stopped and prints all of them after its restart', () => {
    chance.mockReturnValueOnce(true);
    jest.spyOn(random, 'whole').mockReturnValueOnce(3);
    for (const orderId of [1, 2, 3, 4]) printer.print(orderId);
    expect(log.messages('warn')).toEqual(['Label of order 2 waits for LP-2']);
    expect(log.messages('log')).toEqual([
      'Label printer LP-2 was restarted, 3 waiting labels printed:\n  1\n  2\n  3',
    ]);
    expect(log.messages('debug')).toEqual(['Label of order 4 printed on LP-2']);
  });
});
