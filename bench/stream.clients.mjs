// Many SSE clients; counts the entries that arrived, by the same mark in both kinds of stream.
import { get } from 'node:http';
import { answer } from './children.mjs';

/** How the JSON of an entry begins: ids are times in microseconds. Nothing else in either stream does. */
const MARK = Buffer.from('{"id":1');
const REACH = MARK.length - 1;
const NONE = Buffer.alloc(0);
const AT_ONCE = 50;

let delivered = 0;
let lost = 0;

answer(async (question) => {
  if (question === 'counts') return { delivered, lost };
  for (let open = 0; open < question.connect; open += AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, question.connect - open) }, () => connect(question)),
    );
  }
});

function connect({ port, path, token }) {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' };
    const request = get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      if (response.statusCode !== 200)
        return reject(new Error(`The server answered ${response.statusCode}.`));
      let tail = NONE;
      response.on('data', (chunk) => (tail = count(tail, chunk)));
      response.on('error', () => undefined);
      response.on('close', () => lost++);
      resolve();
    });
    request.on('error', reject);
  });
}

/** Counts the marks of a chunk, also one that began in the chunk before; returns the end, where one may begin. */
function count(tail, chunk) {
  if (tail.length > 0 && Buffer.concat([tail, chunk.subarray(0, REACH)]).includes(MARK)) delivered++;
  for (let at = chunk.indexOf(MARK); at >= 0; at = chunk.indexOf(MARK, at + MARK.length)) delivered++;
  const end = (chunk.length < REACH ? Buffer.concat([tail, chunk]) : chunk).subarray(-REACH);
  return end.includes(MARK[0]) ? Buffer.from(end) : NONE;
}
