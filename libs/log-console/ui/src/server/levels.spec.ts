import { noisiestFirst, wishFor } from './levels.js';

const of = (lines?: number): Parameters<typeof noisiestFirst>[0][string] => ({
  configured: null,
  effective: 'verbose',
  ...(lines !== undefined && { lines }),
});

describe('Levels', () => {
  it('stand with all parts first, then the noisiest; quiet ones by their name', () => {
    const contexts = { Zoo: of(0), Boiler: of(), Orders: of(12), 'Orders*': of(400), '*': of(0) };
    expect(noisiestFirst(contexts).map(([context]) => context)).toEqual([
      '*',
      'Orders*',
      'Orders',
      'Boiler',
      'Zoo',
    ]);
  });

  it.each([
    ['verbose', 'debug'],
    ['debug', 'log'],
    ['log', 'warn'],
    ['warn', 'error'],
    ['error', 'verbose'],
    ['fatal', 'verbose'],
  ] as const)(
    'a line of %s wishes for %s: none of its kind, or all that goes with a problem',
    (level, wish) => {
      expect(wishFor({ id: 1, level, message: '', context: 'Boiler' })).toEqual({
        context: 'Boiler',
        level: wish,
      });
    },
  );

  it('nobody has asked for anything where no line was opened', () => {
    expect(wishFor(undefined).context).toBe('');
  });
});
