import { NotFoundException } from '@nestjs/common';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { NotEnoughStockException } from './not-enough-stock.exception.js';
import { StockService } from './stock.service.js';

describe('StockService', () => {
  let log: CapturedLog;
  let stock: StockService;

  beforeEach(() => {
    log = captureLog();
    stock = new StockService();
    stock.count('AB-444', 60); // its minimum is 48
    log.lines.length = 0;
  });

  it('knows items by sku, and refuses others with a 404 that names the sku', () => {
    expect(stock.find('AB-444')).toMatchObject({ quantity: 60, minimum: 48 });
    expect(() => stock.find('ZZ-000')).toThrow(new NotFoundException('No item has the sku ZZ-000'));
  });

  it('promises pieces without taking them off the shelf', () => {
    stock.reserve(1, [{ sku: 'AB-444', quantity: 5 }]);
    expect(stock.find('AB-444')).toMatchObject({ quantity: 60, reserved: 5 });
    expect(log.messages('debug')).toEqual(['Reserving 5 of AB-444 at B-02 for order 1']);
  });

  it('promises all lines or none', () => {
    const lines = [
      { sku: 'AB-444', quantity: 5 },
      { sku: 'CD-310', quantity: 999 },
    ];
    expect(() => stock.reserve(1, lines)).toThrow(NotEnoughStockException);
    expect(stock.find('AB-444').reserved).toBe(0);
  });

  it('does not promise the same pieces twice', () => {
    stock.reserve(1, [{ sku: 'AB-444', quantity: 58 }]);
    expect(() => stock.reserve(2, [{ sku: 'AB-444', quantity: 3 }])).toThrow(
      'Not enough stock of AB-444: 3 asked for, 2 available',
    );
    expect(() => stock.reserve(2, [{ sku: 'AB-444', quantity: 2 }])).not.toThrow();
  });

  it('warns once when an item falls below its minimum, and tells when it is back', () => {
    stock.reserve(1, [{ sku: 'AB-444', quantity: 12 }]);
    expect(log.messages('warn')).toEqual([]);
    stock.reserve(2, [{ sku: 'AB-444', quantity: 1 }]);
    stock.reserve(3, [{ sku: 'AB-444', quantity: 1 }]);
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'Stock of AB-444 is below its minimum',
        params: [{ sku: 'AB-444', available: 47, minimum: 48 }],
        context: 'StockService',
      },
    ]);
    expect(stock.listBelowMinimum().map(({ sku }) => sku)).toEqual(['AB-444']);

    stock.receive('AB-444', 10);
    expect(log.messages('log')).toEqual([
      'Stock of AB-444 is above its minimum again',
      '10 of AB-444 put away on shelf B-02',
    ]);
    expect(stock.listBelowMinimum()).toEqual([]);
  });

  it('takes dispatched pieces off shelf and promise', () => {
    stock.reserve(1, [{ sku: 'AB-444', quantity: 5 }]);
    stock.dispatch([{ sku: 'AB-444', quantity: 5 }]);
    expect(stock.find('AB-444')).toMatchObject({ quantity: 55, reserved: 0 });
  });

  it('corrects a quantity after a count, and warns of the difference', () => {
    expect(stock.count('AB-444', 57).quantity).toBe(57);
    expect(stock.count('AB-444', 57).quantity).toBe(57);
    expect(log.messages('warn')).toEqual(['Count of AB-444 differs: 57 instead of 60']);
    expect(log.messages('log')).toEqual(['Count of AB-444 is right: 57 pieces']);
  });

  it('refuses a count below what is promised', () => {
    stock.reserve(1, [{ sku: 'AB-444', quantity: 5 }]);
    expect(() => stock.count('AB-444', 4)).toThrow(NotEnoughStockException);
    expect(stock.find('AB-444').quantity).toBe(60);
  });
});
