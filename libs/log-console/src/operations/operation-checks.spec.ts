import { checkFunction, checkOperation } from './operation-checks.js';

const TEXT = 'a text of 1 to 200 characters';

describe('a wrong call', () => {
  it.each([
    ['name', undefined, {}, `name is undefined; accepted: ${TEXT}.`],
    ['name', '', {}, `name is a text of 0 characters; accepted: ${TEXT}.`],
    ['name', 'x'.repeat(201), {}, `name is a text of 201 characters; accepted: ${TEXT}.`],
    ['name', 7, {}, `name is a number; accepted: ${TEXT}.`],
    ['options', 'Import', null, 'options is null; accepted: an object.'],
    ['options', 'Import', [], 'options is an array; accepted: an object.'],
    ['options', 'Import', () => 1, 'options is a function; accepted: an object.'],
    ['options', 'Import', { who: 'Ada' }, 'unknown option who; accepted: by, data, cancellable.'],
    ['by', 'Import', { by: '' }, `options.by is a text of 0 characters; accepted: ${TEXT}.`],
    ['by', 'Import', { by: {} }, `options.by is an object; accepted: ${TEXT}.`],
    [
      'cancellable',
      'Import',
      { cancellable: 1 },
      'options.cancellable is a number; accepted: true or false.',
    ],
  ])('is told by its %s: %j %j', (_what, name, options, message) => {
    expect(() => checkOperation('start()', name, options)).toThrow(new TypeError(`start(): ${message}`));
  });

  it('without a function is told, too', () => {
    expect(() => checkFunction('start()', 'fn', 'a secret text')).toThrow(
      new TypeError('start(): fn is a text of 13 characters; accepted: a function.'),
    );
  });
});

describe('a right call', () => {
  it.each([
    ['x', {}],
    ['x'.repeat(200), { by: 'Ada', data: undefined, cancellable: false }],
    ['Import', { by: undefined, cancellable: undefined, data: () => 1 }],
  ])('passes: %j %j', (name, options) => {
    expect(() => checkOperation('start()', name, options)).not.toThrow();
    expect(() => checkFunction('start()', 'fn', () => 1)).not.toThrow();
  });
});
