import fc from 'fast-check';
import { formatCursor, justBefore, parseCursor } from './cursor.js';

const epochs = fc.stringMatching(/^[A-Za-z0-9._]{1,128}$/);
const ids = fc.maxSafeNat();

describe('a cursor', () => {
  it('comes back as the place it was made of', () => {
    fc.assert(
      fc.property(epochs, ids, (epoch, id) => {
        expect(parseCursor(formatCursor(epoch, id))).toEqual({ epoch, id });
      }),
    );
  });

  it('may be a bare integer, the last id seen', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(parseCursor(String(id))).toEqual({ id });
      }),
    );
  });

  it.each([
    ['0', { id: 0 }],
    ['hobyabumll-0', { epoch: 'hobyabumll', id: 0 }],
    ['a.b_C9-1795162542113048', { epoch: 'a.b_C9', id: 1795162542113048 }],
    [`${'e'.repeat(128)}-1`, { epoch: 'e'.repeat(128), id: 1 }],
    ['9007199254740991', { id: Number.MAX_SAFE_INTEGER }],
  ])('%j is read', (text, place) => {
    expect(parseCursor(text)).toEqual(place);
  });

  it.each([
    ['empty', ''],
    ['blank', ' '],
    ['only an epoch', 'epoch'],
    ['an epoch without an id', 'epoch-'],
    ['an id without an epoch', '-1'],
    ['negative', '--1'],
    ['negative behind an epoch', 'epoch--1'],
    ['of two epochs', 'a-b-1'],
    ['with a fraction', '1.5'],
    ['with a fraction behind an epoch', 'epoch-1.5'],
    ['with an exponent', '1e3'],
    ['hexadecimal', '0x10'],
    ['signed', '+1'],
    ['padded with a zero', '01'],
    ['padded with zeros', '00'],
    ['padded with a zero behind an epoch', 'epoch-01'],
    ['grouped', '1_000'],
    ['with a blank before', ' 1'],
    ['with a blank behind', '1 '],
    ['with a line end', '1\n'],
    ['with a line end behind an epoch', 'epoch-1\n'],
    ['of a foreign alphabet', 'épo-1'],
    ['of foreign digits', '١٢٣'],
    ['with a slash', '../etc-1'],
    ['with an epoch that is too long', `${'e'.repeat(129)}-1`],
    ['beyond the safe integers', '9007199254740993'],
    ['beyond the safe integers behind an epoch', 'epoch-9999999999999999'],
    ['of 17 digits', '10000000000000000'],
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
  ])('is refused when %s', (_, text) => {
    expect(parseCursor(text)).toBeUndefined();
  });

  it('refuses every integer it could not tell from its neighbour', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 10n ** 20n }), (id) => {
        expect(parseCursor(String(id))).toBeUndefined();
        expect(parseCursor(`epoch-${id}`)).toBeUndefined();
      }),
    );
  });

  it('is split at its last dash, so that reading forward from a prev starts one id earlier', () => {
    expect(justBefore(formatCursor('a.b_c', 1795162542113031))).toBe('a.b_c-1795162542113030');
    fc.assert(
      fc.property(epochs, fc.integer({ min: 1 }), (epoch, id) => {
        expect(parseCursor(justBefore(formatCursor(epoch, id)))).toEqual({ epoch, id: id - 1 });
      }),
    );
  });
});
