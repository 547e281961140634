import { type LogRecord } from '../../domain/log-entry.js';
import { fitRecord, type FittedRecord } from './fit-record.js';

const KIB = 1024;
const LIMIT = 256 * KIB;

function fitted(record: Partial<LogRecord>, maxBytes = LIMIT): FittedRecord {
  return fitRecord({ level: 'log', message: '', ...record }, maxBytes);
}

/** UTF-8 bytes of what was kept. */
function bytesOf({ message, stack = '', data = '' }: FittedRecord): number {
  return Buffer.byteLength(message) + Buffer.byteLength(stack) + Buffer.byteLength(data as string);
}

describe('fitRecord', () => {
  it('leaves alone what fits', () => {
    expect(fitted({ message: 'text', stack: 'Error\n    at x', data: [1, { a: 'b' }] })).toEqual({
      message: 'text',
      stack: 'Error\n    at x',
      data: '[1,{"a":"b"}]',
      dataSize: 13,
      truncated: undefined,
    });
  });

  it('keeps a few primitives as they are at the call, and leaves their JSON for later', () => {
    const data = { sku: 'AB-444', count: 3 };
    const { data: kept, truncated } = fitted({ message: 'text', data });
    data.count = 4;
    expect([kept, truncated]).toEqual([{ sku: 'AB-444', count: 3 }, undefined]);
  });

  it('keeps them so only where their JSON fits in any case', () => {
    const { data, truncated } = fitted({ data: { text: 'x'.repeat(3000) } }, KIB);
    expect(typeof data).toBe('string');
    expect(truncated).toEqual({
      bytes: 3000 + '{"text":""}'.length,
      kept: Buffer.byteLength(data as string),
    });
  });

  it.each([
    ['ASCII', 'a', 1],
    ['two bytes each', 'é', 2],
    ['three bytes each', '漢', 3],
    ['four bytes each', '🧺', 4],
  ])('takes a message of exactly the limit whole, and counts each byte beyond: %s', (_, character, size) => {
    const whole = character.repeat(LIMIT / size);
    expect(fitted({ message: whole })).toMatchObject({ message: whole, truncated: undefined });
    const { message, truncated } = fitted({ message: `${whole}${character}x` });
    expect(message).toBe(character.repeat(Math.floor(LIMIT / size)));
    const kept = Math.floor(LIMIT / size) * size;
    expect(truncated).toEqual({ bytes: Buffer.byteLength(whole) + size + 1, kept });
  });

  it('never keeps half a character', () => {
    const { message, truncated } = fitted({ message: `x${'🧺'.repeat(1000)}` }, KIB);
    expect(message).toBe(`x${'🧺'.repeat(255)}`);
    expect(truncated).toEqual({ bytes: 4001, kept: 1021 });
  });

  it('keeps 256 KiB of 10 MB, and says exactly how much it was', () => {
    const record = { message: 'é'.repeat(5e6), stack: 'y'.repeat(1e6), data: { text: 'z'.repeat(1e6) } };
    const result = fitted(record);
    expect(result.truncated?.kept).toBe(bytesOf(result));
    expect(result.truncated?.kept).toBeLessThanOrEqual(LIMIT);
    expect(result.truncated?.kept).toBeGreaterThan(LIMIT - 100);
    expect(result.truncated?.bytes).toBe(10e6 + 1e6 + 1e6 + '{"text":""}'.length);
  });

  it('counts the bytes of the texts that were not cut, too, not their characters', () => {
    const { truncated } = fitted({ message: 'é'.repeat(100), stack: 'y'.repeat(1000) }, KIB);
    expect(truncated).toEqual({ bytes: 1200, kept: 1024 });
  });

  it('lets each take what the others leave', () => {
    const keptOf = (record: Partial<LogRecord>): (number | undefined)[] => {
      const { message, stack } = fitted(record, KIB);
      return [message.length, stack?.length];
    };
    expect(keptOf({ message: 'm'.repeat(5000) })).toEqual([1024, undefined]);
    expect(keptOf({ message: 'm'.repeat(5000), stack: 's'.repeat(24) })).toEqual([1000, 24]);
    expect(keptOf({ message: 'm'.repeat(24), stack: 's'.repeat(5000) })).toEqual([24, 1000]);
    expect(keptOf({ message: 'm'.repeat(5000), stack: 's'.repeat(5000) })).toEqual([768, 256]);
    expect(keptOf({ message: 'm'.repeat(5000), data: ['d'] })).toEqual([1024 - '["d"]'.length, undefined]);
    expect(keptOf({ message: 'm'.repeat(5000), stack: 's'.repeat(24), data: ['d'] })).toEqual([995, 24]);
  });

  it('leaves the message half and stack and data a quarter each, when all are too long', () => {
    const result = fitted(
      { message: 'm'.repeat(5000), stack: 's'.repeat(5000), data: ['d'.repeat(5000)] },
      KIB,
    );
    expect([result.message.length, result.stack?.length]).toEqual([512 - '[""]'.length, 256]);
    expect(result.data).toMatch(/^\["d{200,}"\]$/);
    expect(result.truncated).toEqual({ bytes: 10_000 + 5000 + '[""]'.length, kept: bytesOf(result) });
  });

  it('adds what was cut before the record came here', () => {
    const record = { message: 'm'.repeat(2000), truncated: { bytes: 10_000, kept: 2000 } };
    expect(fitted(record, KIB).truncated).toEqual({ bytes: 10_000, kept: 1024 });
  });

  it('marks data that throws, and does not throw', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const thrower = {
      get x(): never {
        throw new Error('getter');
      },
    };
    expect(fitted({ data: proxy }).data).toMatch(/^"\[Threw: /);
    expect(fitted({ data: thrower }).data).toBe('{"x":"[Threw: getter]"}');
  });

  it('reads each property once', () => {
    let reads = 0;
    const data = Object.defineProperty({}, 'x', { enumerable: true, get: () => ++reads });
    expect(fitted({ data, stack: 's' }).data).toBe('{"x":1}');
    expect(reads).toBe(1);
  });

  it('tells undefined data, which is none, from null', () => {
    expect(fitted({ data: undefined }).data).toBeUndefined();
    expect(fitted({ data: null }).data).toBe('null');
  });
});
