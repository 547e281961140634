import { runInNewContext } from 'node:vm';
import { isFunction, resolveLazy, resolveOnce } from './lazy.js';

class Named {
  /** A static name hides the class's own. */
  static total = 0;
}

describe('a value', () => {
  it.each<[string, unknown]>([
    ['text', 'text'],
    ['undefined', undefined],
    ['object', {}],
  ])('that is no function stays itself: %s', (_, value) => {
    expect(resolveLazy(value)).toBe(value);
    expect(resolveOnce(value)).toBe(value);
  });
});

describe('a lazy message', () => {
  it.each<[string, () => unknown, unknown]>([
    ['returns a text', () => 'text', 'text'],
    ['returns nothing', () => undefined, undefined],
    ['returns a lazy message', () => () => () => 'deep', 'deep'],
    ['returns a class', () => Named, 'Named'],
    [
      'is an old function',
      function () {
        return 'old';
      },
      'old',
    ],
    ['throws', () => { throw new Error('no'); }, '[Threw: no]'], // prettier-ignore
    ['returns itself for ever', function self() { return self; }, '[Function]'], // prettier-ignore
  ])('that %s', (_, lazy, expected) => {
    expect(resolveLazy(lazy)).toBe(expected);
  });

  it('is called once, however often its stand-in is', () => {
    let calls = 0;
    const standIn = resolveOnce(() => ++calls);
    expect(calls).toBe(1);
    expect(isFunction(standIn) && [standIn(), standIn(), resolveLazy(standIn)]).toEqual([1, 1, 1]);
    expect(calls).toBe(1);
  });
});

describe('a class', () => {
  it.each<[string, unknown, string]>([
    ['with a name', Named, 'Named'],
    ['that extends another', class Sub extends Named {}, 'Sub'],
    // As minifiers write it; called, it would throw.
    ['without a blank', runInNewContext('const Tiny = class{}; Tiny') as unknown, 'Tiny'],
    ['without a name', class {}, ''],
  ])('%s stands for its name', (_, value, name) => {
    expect(resolveLazy(value)).toBe(name);
  });

  it('is not a method that is named so', () => {
    const { class: method } = {
      class() {
        return 'called';
      },
    };
    expect(resolveLazy(method)).toBe('called');
  });
});
