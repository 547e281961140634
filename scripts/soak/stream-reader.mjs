import { Chain } from './chain.mjs';
import { readLive } from './live-visit.mjs';
import { between } from './visit.mjs';

const FILTER = '&level=warn,error';

/** Reads `GET stream`; comes again by Last-Event-ID. */
export async function readStream(visit, reader) {
  const query = `stream?limit=0${reader.isFiltered ? FILTER : ''}`;
  while (!(reader.chain?.place >= visit.newest)) {
    const headers = reader.chain ? { 'Last-Event-ID': reader.chain.cursor } : {};
    const response = await visit.open(query, headers);
    reader.connections++;
    let text = '';
    await readLive(visit, response, reader, (chunk) => {
      text += chunk;
      let from = 0;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n', from)) {
        takeEvent(reader, text.slice(from, end));
        from = end + 2;
      }
      text = text.slice(from);
      return reader.chain?.place >= visit.newest;
    });
    if (!reader.isSteady) await visit.pause(between(0, 5000));
  }
}

function takeEvent(reader, text) {
  const fields = Object.fromEntries(
    text.split('\n').map((line) => /^(\w+): (.*)$/.exec(line)?.slice(1) ?? []),
  );
  if (fields.data === undefined) return;
  reader.chain ??= new Chain(fields.id, reader.isFiltered);
  if (fields.event === undefined) {
    const batch = JSON.parse(fields.data);
    reader.chain.take(batch);
    reader.witness?.take(batch.entries);
  } else if (reader.isFiltered) {
    // What was filtered out meanwhile moves the place too.
    reader.chain.take({ entries: [], next: fields.id });
  }
  if (fields.id !== reader.chain.cursor)
    throw new Error(`At ${reader.chain.cursor} came the id ${fields.id}.`);
}
