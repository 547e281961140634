import { Chain } from './chain.mjs';
import { between } from './visit.mjs';

/** Reads `GET entries` with `wait`; leaves in the middle of a wait now and then. */
export async function readPolls(visit, reader) {
  reader.chain = new Chain(await visit.now(), reader.isFiltered);
  const filter = reader.isFiltered ? '&level=warn,error' : '';
  while (reader.chain.place < visit.newest) {
    reader.connections++;
    const query = `entries?after=${reader.chain.cursor}&limit=1000&wait=${visit.isEnding ? 0 : 5}${filter}`;
    const chance = visit.isEnding ? 1 : Math.random();
    if (chance < 0.05) {
      // Answered by the next line, or cut off before: nothing of it counts.
      const answer = visit.open(query).then((response) => response.on('error', () => undefined).destroy());
      await answer;
    } else {
      reader.chain.take(await visit.json(query));
    }
    if (chance < 0.1) {
      reader.stalls++;
      await visit.pause(between(1000, 20_000));
    } else if (!visit.isEnding) await visit.pause(between(50, 1000));
  }
}
