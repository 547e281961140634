// Many SSE clients; counts the entries that arrived, by the same mark in every kind of stream.
import { get } from 'node:http';
import { answer } from './children.mjs';
import { Latencies } from './latencies.mjs';

/** How the JSON of an entry begins: ids are times in microseconds. Nothing else in any of the streams does. */
const MARK = Buffer.from('{"id":1');
const REACH = MARK.length - 1;
const NONE = Buffer.alloc(0);
const AT_ONCE = 50;

const latencies = new Latencies();
let delivered = 0;
let lost = 0;

answer(async (question) => {
  switch (question) {
    case 'counts':
      return { delivered, lost };
    case 'clear latencies':
      return latencies.clear();
    case 'p99':
      return latencies.within(0.99);
    default:
      return connectAll(question);
  }
});

/** `count` readers; the first `stalled` of them never read, and of the last `timed` each entry's latency is taken. */
async function connectAll({ count, stalled = 0, timed = 0, ...target }) {
  const onResponse = (index) => (index < stalled ? stall : index >= count - timed ? time : read);
  for (let open = 0; open < count; open += AT_ONCE) {
    const some = Math.min(AT_ONCE, count - open);
    await Promise.all(Array.from({ length: some }, (_, i) => connect(target, onResponse(open + i))));
  }
}

function connect({ port, path, token }, onResponse) {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' };
    const request = get({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      if (response.statusCode !== 200)
        return reject(new Error(`The server answered ${response.statusCode}.`));
      response.on('error', () => undefined);
      response.on('close', () => lost++);
      onResponse(response);
      resolve();
    });
    request.on('error', reject);
  });
}

function stall(response) {
  response.socket.pause();
}

function read(response) {
  let tail = NONE;
  response.on('data', (chunk) => (tail = countMarks(tail, chunk)));
}

function time(response) {
  read(response);
  const take = latencies.reader();
  response.on('data', (chunk) => take(chunk.toString('latin1')));
}

/** Counts the marks of a chunk, also one that began in the chunk before; returns the end, where one may begin. */
function countMarks(tail, chunk) {
  if (tail.length > 0 && Buffer.concat([tail, chunk.subarray(0, REACH)]).includes(MARK)) delivered++;
  for (let at = chunk.indexOf(MARK); at >= 0; at = chunk.indexOf(MARK, at + MARK.length)) delivered++;
  const end = (chunk.length < REACH ? Buffer.concat([tail, chunk]) : chunk).subarray(-REACH);
  return end.includes(MARK[0]) ? Buffer.from(end) : NONE;
}
