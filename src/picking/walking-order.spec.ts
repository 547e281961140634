import { spoken } from '../stock/location.js';
import { walkingOrder } from './walking-order.js';

const stop = (aisle: string, shelf: number) => ({ sku: 'AB-444', quantity: 1, location: { aisle, shelf } });

describe('walkingOrder', () => {
  it('goes up the first aisle and down the next', () => {
    const stops = [stop('B', 2), stop('A', 9), stop('C', 4), stop('B', 7), stop('A', 1), stop('C', 3)];
    expect(walkingOrder(stops).map(({ location }) => spoken(location))).toEqual([
      'A-01',
      'A-09',
      'B-07',
      'B-02',
      'C-03',
      'C-04',
    ]);
  });

  it('leaves the given list as it is', () => {
    const stops = [stop('B', 2), stop('A', 9)];
    walkingOrder(stops);
    expect(stops[0].location.aisle).toBe('B');
  });
});
