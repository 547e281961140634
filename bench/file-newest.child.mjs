// The newest 500 lines of a file, by ours or by reading all of it; answers with the milliseconds that took and what it found.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseCursor } from 'nestjs-log-console';
import { answer } from './children.mjs';
import { filesService } from './file-app.mjs';

const LIMIT = 500;

const [who, path] = process.argv.slice(2);
const contestants = {
  redacted: () => ours(),
  plain: () => ours({ redact: false }),
  json: () => ours({}, (batch) => batch.encoded()),
  naive,
};
const find = await contestants[who]();

answer(async (times) => {
  const start = performance.now();
  let found;
  for (let time = 0; time < times; time++) found = await find();
  const ms = (performance.now() - start) / times;
  return { ms, found: `${found.lines} lines of ${found.bytes} bytes` };
});

async function ours(options, use = () => undefined) {
  const service = await filesService([{ id: 'access', path, format: 'access' }], options);
  const file = await service.file('access');
  return async () => {
    const batch = await file.read({ limit: LIMIT });
    use(batch);
    return { lines: batch.size, bytes: parseCursor(batch.next).id + 1 - parseCursor(batch.prev).id };
  };
}

/** What people write: all lines, the last of which are kept. */
function naive() {
  return async () => {
    const newest = [];
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      newest.push(line);
      if (newest.length > LIMIT) newest.shift();
    }
    return {
      lines: newest.length,
      bytes: newest.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0),
    };
  };
}
