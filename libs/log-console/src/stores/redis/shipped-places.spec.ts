import { ShippedPlaces } from './shipped-places.js';

describe('ShippedPlaces', () => {
  const places = new ShippedPlaces();
  // 11–13 became 101–103, 14–15 were lost, 16–20 became 110–114: others wrote in between.
  places.add({ ring: 13, count: 3, base: 100, last: 103 });
  places.add({ ring: 20, count: 5, base: 100, last: 114 });

  it.each([
    ['the one before the first', 10, 100],
    ['one that was shipped', 12, 102],
    ['the last of a batch', 13, 103],
    ['one that was lost: before what came after it', 15, 109],
    ['one of a later batch', 17, 111],
    ['the newest', 20, 114],
  ])('knows the place of %s', (_what, ring, id) => {
    expect(places.find(ring)).toEqual({ base: 100, id });
  });

  it.each([
    ['too long ago', 9],
    ['not yet', 21],
  ])('does not know what was shipped %s', (_what, ring) => {
    expect(places.find(ring)).toBeUndefined();
  });

  it('keeps only the last ones', () => {
    const many = new ShippedPlaces();
    for (let ring = 1; ring <= 5000; ring++) many.add({ ring, count: 1, base: 1, last: ring });
    expect(many.find(1000)).toBeUndefined();
    expect(many.find(4500)).toEqual({ base: 1, id: 4500 });
  });
});
