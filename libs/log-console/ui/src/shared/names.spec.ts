import { Colours, COLOURS } from './colours.js';
import { instanceEvent } from './instance-event.js';
import { shortName } from './short-name.js';

describe('The name of an instance', () => {
  it.each([
    ['web-1', 'web-1'],
    ['twelve-chars', 'twelve-chars'],
    ['thirteen-char', 'thir…en-char'],
    ['checkout-7d9f8b6c5-x2x4q', 'chec…5-x2x4q'],
  ])('%s fits a column of twelve characters as %s', (name, short) => {
    expect(shortName(name)).toBe(short);
    expect(short.length).toBeLessThanOrEqual(12);
  });

  it('has a colour that stays, no two the same as long as there are enough', () => {
    const names = Array.from({ length: COLOURS }, (_, index) => `pod-${index ** 3}`);
    const colours = new Colours();
    const given = names.map((name) => colours.of(name));
    expect(given.toSorted()).toEqual(names.map((_, index) => index));
    expect(names.map((name) => colours.of(name))).toEqual(given);
    expect(given).toContain(colours.of('one more'));
  });

  it('has the same colour on every page, whoever came first', () => {
    const [one, other] = [new Colours(), new Colours()];
    expect([one.of('web-1'), one.of('web-2')]).toEqual([other.of('web-2'), other.of('web-1')].toReversed());
  });
});

describe('An entry of the console', () => {
  it.each([
    ['web-1 joined (host, process 7, version 1.0.0)', { name: 'web-1', event: 'joined' }],
    ['a.b_c-1 left', { name: 'a.b_c-1', event: 'left' }],
    ['web-1 is gone: nothing was heard of it for 15 seconds', { name: 'web-1', event: 'is gone' }],
    ['web-1 is back', { name: 'web-1', event: 'is back' }],
    ['web-1 is backed up', undefined],
    ['web-1 and web-2 left', undefined],
    ['operator-1 cleared 300 entries', undefined],
  ])('that says "%s" tells %j', (message, event) => {
    expect(instanceEvent({ id: 1, level: 'log', context: 'LogConsole', message })).toEqual(event);
  });

  it('is told from one of the application', () => {
    expect(instanceEvent({ id: 1, level: 'log', context: 'Door', message: 'web-1 left' })).toBeUndefined();
    expect(instanceEvent({ id: 1, level: 'log', message: 'web-1 left' })).toBeUndefined();
  });
});
