import { jest } from '@jest/globals';
import { GatewayTimeoutException, NotFoundException } from '@nestjs/common';
import { Pauses } from '../common/pauses.js';
import { Random } from '../common/random.js';
import { StockService } from '../stock/stock.service.js';
import { type CapturedLog, captureLog } from '../testing/captured-log.js';
import { ReceivingService } from './receiving.service.js';
import { SupplierTimeoutError } from './supplier-timeout.error.js';
import { SupplierClient } from './supplier.client.js';

const goods = {
  supplier: 'Nordvik',
  lines: [
    { sku: 'AB-444', quantity: 10 },
    { sku: 'EF-500', quantity: 20 },
  ],
};

describe('ReceivingService', () => {
  const random = new Random('receiving');
  const pauses = new Pauses();
  jest.spyOn(pauses, 'wait').mockResolvedValue();
  const suppliers = new SupplierClient(random, pauses);
  const deliveryNote = jest.spyOn(suppliers, 'deliveryNote');
  let log: CapturedLog;
  let stock: StockService;
  let receiving: ReceivingService;

  beforeEach(() => {
    log = captureLog();
    stock = new StockService();
    receiving = new ReceivingService(stock, suppliers, random, pauses);
    deliveryNote.mockReset().mockImplementation((_, lines) => Promise.resolve([...lines]));
  });

  it('puts the goods away and books the delivery', async () => {
    const before = stock.find('AB-444').quantity;
    const delivery = await receiving.receive(goods);
    expect(delivery).toMatchObject({ id: 7031, supplier: 'Nordvik', state: 'booked', lines: goods.lines });
    expect(stock.find('AB-444').quantity).toBe(before + 10);
    expect(receiving.find(7031)).toBe(delivery);
    expect(log.lines.at(-1)).toMatchObject({
      message: 'Delivery 7031 is booked',
      params: [{ positions: 2, pieces: 30 }],
    });
  });

  it('warns of each position that differs from the note', async () => {
    deliveryNote.mockResolvedValue([
      { sku: 'AB-444', quantity: 12 },
      { sku: 'EF-500', quantity: 20 },
    ]);
    await receiving.receive(goods);
    expect(log.messages('warn')).toEqual(['Delivery 7031: 10 of AB-444 counted, 12 noted']);
    expect(log.messages('verbose')).toEqual(['Counted 20 of EF-500, as noted']);
  });

  it('holds a delivery whose note does not come, and logs the error itself', async () => {
    const timeout = new SupplierTimeoutError('Nordvik', 5);
    deliveryNote.mockRejectedValue(timeout);
    const before = stock.find('AB-444').quantity;
    await expect(receiving.receive(goods)).rejects.toThrow(GatewayTimeoutException);
    expect(receiving.find(7031).state).toBe('held');
    expect(stock.find('AB-444').quantity).toBe(before);
    expect(log.messages('error')).toEqual([timeout]);
  });

  it('passes other errors on as they are', async () => {
    const broken = new Error('broken');
    deliveryNote.mockRejectedValue(broken);
    await expect(receiving.receive(goods)).rejects.toBe(broken);
    expect(log.messages('error')).toEqual([]);
  });

  it('lets nothing in that it does not know', async () => {
    const unknown = { supplier: 'Nordvik', lines: [{ sku: 'ZZ-000', quantity: 1 }] };
    await expect(receiving.receive(unknown)).rejects.toThrow(NotFoundException);
    expect(receiving.list()).toEqual([]);
    expect(() => receiving.find(7031)).toThrow('No delivery has the number 7031');
  });
});
