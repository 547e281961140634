import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { StockLineDto } from './stock-line.dto.js';
import { StockLines } from './stock-lines.decorator.js';

class Body {
  @StockLines()
  lines!: StockLineDto[];
}

const messages = (errors: ValidationError[]): string[] =>
  errors.flatMap(({ constraints = {}, children = [] }) => [
    ...Object.values(constraints),
    ...messages(children),
  ]);
const check = (lines: unknown) => messages(validateSync(plainToInstance(Body, { lines })));
const line = (sku: unknown, quantity: unknown) => ({ sku, quantity });

describe('StockLines', () => {
  it.each([
    ['one line', [line('AB-444', 1)]],
    ['two items', [line('AB-444', 1000), line('AB-101', 1)]],
  ])('accepts %s', (_, lines) => {
    expect(check(lines)).toEqual([]);
  });

  it.each([
    ['no list', 'AB-444', 'lines must be an array'],
    ['an empty list', [], 'lines must contain at least 1 elements'],
    [
      'too many lines',
      Array.from({ length: 21 }, (_, i) => line(`AB-${100 + i}`, 1)),
      'lines must contain no more than 20 elements',
    ],
    ['an item twice', [line('AB-444', 1), line('AB-444', 2)], 'lines must name each sku once'],
    ['null', [null], 'each value in nested property lines must be either object or array'],
    ['a wrong sku', [line('ab-444', 1)], 'sku must look like AB-444'],
    ['no sku', [line(undefined, 1)], 'sku must look like AB-444'],
    ['no piece', [line('AB-444', 0)], 'quantity must not be less than 1'],
    ['too many pieces', [line('AB-444', 1001)], 'quantity must not be greater than 1000'],
    ['half a piece', [line('AB-444', 1.5)], 'quantity must be an integer number'],
  ])('refuses %s', (_, lines, message) => {
    expect(check(lines)).toContain(message);
  });
});
