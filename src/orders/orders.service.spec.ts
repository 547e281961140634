import { jest } from '@jest/globals';
import { ConflictException, NotFoundException } from '@nestjs/common';
import { Random } from '../common/random.js';
import { HandScanner } from '../picking/hand-scanner.js';
import { LabelPrinter } from '../picking/label-printer.js';
import { PickingService } from '../picking/picking.service.js';
import { StockService } from '../stock/stock.service.js';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { OrdersService } from './orders.service.js';

describe('OrdersService', () => {
  const random = new Random('orders');
  jest.spyOn(random, 'chance').mockReturnValue(false);
  let log: CapturedLog;
  let stock: StockService;
  let picking: PickingService;
  let orders: OrdersService;

  beforeEach(() => {
    log = captureLog();
    stock = new StockService();
    picking = new PickingService(stock, new HandScanner(random), new LabelPrinter(random));
    orders = new OrdersService(stock, picking);
  });

  const place = (sku: string, quantity: number) =>
    orders.place({ customer: 'Lindgren', lines: [{ sku, quantity }] });

  it('reserves the stock and has it picked', () => {
    const order = place('AB-444', 4);
    expect(order).toMatchObject({ id: 48271, priority: 'normal', state: 'picking', pickListId: 90111 });
    expect(stock.find('AB-444').reserved).toBe(4);
    expect(picking.find(90111).orderId).toBe(48271);
    expect(log.lines.at(-1)).toEqual({
      level: 'log',
      message: 'Order 48271 reserved',
      params: [{ orderId: 48271, items: 1, aisle: 'B' }],
      context: 'OrdersService',
    });
  });

  it('ships what is picked', () => {
    const order = place('AB-444', 4);
    picking.confirm(order.pickListId, 'Mira');
    expect(orders.find(order.id).state).toBe('shipped');
    expect(log.messages('log').at(-1)).toBe('Order 48271 shipped to Lindgren');
  });

  it('refuses an order it has no stock for, and says so with the figures', () => {
    const free = stock.find('CD-310').quantity;
    expect(() => place('CD-310', free + 1)).toThrow(ConflictException);
    expect(orders.list()).toEqual([]);
    expect(picking.list()).toEqual([]);
    expect(log.lines.at(-1)).toMatchObject({
      level: 'error',
      message: `Order 48271 of Lindgren refused. Not enough stock of CD-310: ${free + 1} asked for, ${free} available`,
      params: [{ orderId: 48271, sku: 'CD-310', asked: free + 1, free }],
    });
  });

  it('does not even open an order for an unknown item', () => {
    expect(() => place('ZZ-000', 1)).toThrow(NotFoundException);
    expect(log.lines).toEqual([]);
    expect(place('AB-444', 1).id).toBe(48271);
  });

  it('marks express orders', () => {
    const lines = [{ sku: 'AB-444', quantity: 1 }];
    orders.place({ customer: 'Lindgren', priority: 'express', lines });
    expect(log.messages('log')).toEqual(['Express order 48271 reserved']);
    expect(() => orders.find(1)).toThrow('No order has the number 1');
  });
});
