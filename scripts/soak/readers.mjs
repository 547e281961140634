// Fifty readers that come, stall, go and resume; answers in the end with the accounts of each.
import { answer } from '../../bench/children.mjs';
import { splitCursor } from './chain.mjs';
import { readPolls } from './poll-reader.mjs';
import { readStream } from './stream-reader.mjs';
import { readTail } from './tail-reader.mjs';
import { Visit } from './visit.mjs';
import { Witness } from './witness.mjs';

/** What each of so many does. Steady ones never stall or leave, sleepers stall so long that they are ended. */
const KINDS = [
  { name: 'streams, steady', count: 5, read: readStream, isSteady: true },
  { name: 'streams', count: 13, read: readStream },
  { name: 'streams, warnings only', count: 4, read: readStream, isFiltered: true },
  { name: 'streams, asleep', count: 2, read: readStream, isSleeper: true },
  { name: 'polls', count: 12, read: readPolls },
  { name: 'polls, warnings only', count: 2, read: readPolls, isFiltered: true },
  { name: 'tails', count: 10, read: readTail },
  { name: 'tails, asleep', count: 2, read: readTail, isSleeper: true },
];

/** What is left to read the newest, once nothing more is logged. */
const CATCH_UP_MS = 30_000;

const witness = new Witness();
let visit;
let readers;

answer((question) => (question.newest === undefined ? start(question) : end(question.newest)));

async function start(server) {
  visit = new Visit(server);
  readers = KINDS.flatMap((kind) => Array.from({ length: kind.count }, () => newReader(kind)));
  const [first, ...others] = readers;
  first.witness = witness;
  begin(first);
  // The witness has to be there before anybody else.
  while (!first.chain && !first.problem) await visit.pause(5);
  others.forEach(begin);
}

async function end(newest) {
  visit.end(splitCursor(newest).id);
  await Promise.race([Promise.all(readers.map(({ done }) => done)), pause(CATCH_UP_MS)]);
  return KINDS.map(({ name, isSteady }) => {
    const ours = readers.filter(({ kind }) => kind.name === name);
    const sum = (count) => ours.reduce((total, reader) => total + count(reader), 0);
    return {
      name,
      isSteady,
      readers: ours.length,
      connections: sum(({ connections }) => connections),
      stalls: sum(({ stalls }) => stalls),
      ended: sum(({ ended }) => ended),
      gaps: sum(({ chain }) => chain?.gaps ?? 0),
      delivered: sum(({ chain }) => chain?.delivered ?? 0),
      missed: sum(({ chain }) => chain?.missed ?? 0),
      range: sum(({ chain }) => chain?.range ?? 0),
      problems: ours.map(problemOf).filter((problem) => problem !== undefined),
    };
  });
}

function newReader(kind) {
  const { isSteady, isFiltered, isSleeper } = kind;
  return { kind, isSteady, isFiltered, isSleeper, connections: 0, stalls: 0, ended: 0, marks: [] };
}

function begin(reader) {
  const read = reader.kind.read(visit, reader);
  reader.done = read.catch((error) => (reader.problem = error.stack)).then(() => (reader.isDone = true));
}

/** Why the accounts of a reader are not exact. */
function problemOf({ chain, problem, isDone, isFiltered, marks }) {
  if (problem) return problem;
  if (!isDone) return `By its own count it stands ${visit.newest - chain?.place} entries before the newest.`;
  if (isFiltered) return witness.problemOf(chain);
  const wrong = marks.find(({ id, number }) => witness.numberOf(id) !== number);
  if (wrong)
    return `Counted line ${wrong.number} as entry ${wrong.id}, which is ${witness.numberOf(wrong.id)}.`;
  const sum = chain.delivered + chain.missed;
  return sum === chain.range ? undefined : `Delivered and missed are ${sum} of ${chain.range}.`;
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
