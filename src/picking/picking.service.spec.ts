import { jest } from '@jest/globals';
import { ConflictException, InternalServerErrorException, NotFoundException } from '@nestjs/common';
import { Random } from '../common/random.js';
import { StockService } from '../stock/stock.service.js';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { HandScanner } from './hand-scanner.js';
import { LabelPrinter } from './label-printer.js';
import type { PickList } from './pick-list.js';
import { PickingService } from './picking.service.js';

describe('PickingService', () => {
  const random = new Random('picking');
  const chance = jest.spyOn(random, 'chance');
  const lines = [
    { sku: 'EF-500', quantity: 2 },
    { sku: 'AB-444', quantity: 3 },
  ];
  let log: CapturedLog;
  let stock: StockService;
  let picking: PickingService;
  let list: PickList;

  beforeEach(() => {
    log = captureLog();
    chance.mockReset().mockReturnValue(false);
    stock = new StockService();
    picking = new PickingService(stock, new HandScanner(random), new LabelPrinter(random));
    stock.reserve(48271, lines);
    list = picking.create(48271, lines);
  });

  it('makes a list in walking order', () => {
    expect(list).toMatchObject({ id: 90111, orderId: 48271, state: 'open' });
    expect(list.lines.map(({ sku }) => sku)).toEqual(['AB-444', 'EF-500']);
    expect(picking.list()).toEqual([list]);
    expect(log.messages('debug').at(-1)).toBe('Pick list 90111 for order 48271: B-02 → E-01');
  });

  it('takes the goods off the shelf and tells who waits for them', () => {
    const packed: PickList[] = [];
    picking.confirmed$.subscribe((confirmed) => packed.push(confirmed));
    const before = stock.find('AB-444').quantity;
    expect(picking.confirm(list.id, 'Mira').state).toBe('confirmed');
    expect(stock.find('AB-444')).toMatchObject({ quantity: before - 3, reserved: 0 });
    expect(packed).toEqual([list]);
    expect(log.messages('verbose')).toContain('Scanned AB-444 at B-02');
    expect(log.messages('log')).toEqual(['Mira confirmed pick list 90111']);
  });

  it('confirms once only', () => {
    picking.confirm(list.id, 'Mira');
    expect(() => picking.confirm(list.id, 'Mira')).toThrow(ConflictException);
    expect(() => picking.confirm(1, 'Mira')).toThrow(NotFoundException);
  });

  it('fails with a genuine TypeError when a scanner forgets the location, and can be tried again', () => {
    chance.mockReturnValueOnce(true);
    expect(() => picking.confirm(list.id, 'Mira')).toThrow(InternalServerErrorException);
    const [{ message, params }] = log.lines.filter(({ level }) => level === 'error');
    expect(message).toMatch(
      /^Pick list 90111 of Mira could not be confirmed: Cannot read properties of undef/,
    );
    expect(params[0]).toMatch(/^TypeError: Cannot read properties of undefined[^]+ at spoken /);
    expect(list.state).toBe('open');
    expect(picking.confirm(list.id, 'Mira').state).toBe('confirmed');
  });
});
