import { jest } from '@jest/globals';
import { operationId } from './operation-id.js';

describe('the id of an operation', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is 16 digits of base 36, and only goes up, also many times in one millisecond', () => {
    const ids = Array.from({ length: 20_000 }, operationId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-z]{16}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('goes up when the clock is set back', () => {
    const before = operationId();
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
    expect(operationId() > before).toBe(true);
  });

  it('cannot be told from the one before', () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 1000);
    const steps = new Set<bigint>();
    for (let count = 0, last = numberOf(operationId()); count < 50; count++) {
      const next = numberOf(operationId());
      steps.add(next - last);
      last = next;
    }
    expect(steps.size).toBeGreaterThan(45);
  });
});

function numberOf(id: string): bigint {
  return id.split('').reduce((sum, digit) => sum * 36n + BigInt(parseInt(digit, 36)), 0n);
}
