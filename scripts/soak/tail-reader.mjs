import { Chain } from './chain.mjs';
import { readLive } from './live-visit.mjs';
import { between } from './visit.mjs';
import { numberIn } from './witness.mjs';

const GAP = /^--- (\d+) entr(?:y|ies) missed \((\w+)\) ---$/;

/** Reads `GET tail`, where the place is known by counting lines; comes again by `after`. */
export async function readTail(visit, reader) {
  reader.chain = new Chain(await visit.now());
  let number = 0;
  while (reader.chain.place < visit.newest) {
    const response = await visit.open(`tail?after=${reader.chain.cursor}`);
    reader.connections++;
    let text = '';
    await readLive(visit, response, reader, (chunk) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop();
      for (const line of lines) {
        takeLine(reader.chain, line);
        const n = numberIn(line.slice(0, 200));
        if (n === 0 || line.startsWith(' ')) continue;
        if (n <= number) throw new Error(`After line ${number} came ${n}.`);
        number = n;
        reader.seen = { id: reader.chain.place, number };
      }
      return reader.chain.place >= visit.newest;
    });
    // Where it stands by its own count, to be compared with what there was.
    if (reader.seen) reader.marks.push(reader.seen);
    await visit.pause(between(0, 5000));
  }
}

function takeLine(chain, line) {
  // What is indented belongs to the entry before.
  if (line.startsWith(' ')) return;
  const [, missed, reason] = GAP.exec(line) ?? [];
  if (missed !== undefined) {
    chain.miss({ from: chain.place + 1, to: chain.place + Number(missed), missed: Number(missed), reason });
  } else if (line.startsWith('---')) {
    throw new Error(`A tail said: ${line}`);
  } else {
    chain.take({ entries: [{ id: chain.place + 1 }], next: `${chain.epoch}-${chain.place + 1}` });
  }
}
