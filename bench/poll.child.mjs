// A log that is full, ours or an array of objects; answers with the CPU time of building one poll in microseconds.
import { MemoryStore } from 'nestjs-log-console';
import { answer } from './children.mjs';
import { cpuNs } from './cpu.mjs';

const POLLS = 200;
/** What is logged between two polls; not measured. */
const APPENDS = 5;
const LIMIT = 500;
const ALL = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'];
const LEVELS = { newest: undefined, filtered: ['warn', 'error'] };

const [who, capacity] = process.argv.slice(2);
const log = who === 'ours' ? ours(Number(capacity)) : naive(Number(capacity));
let logged = 0;
const append = (count) => {
  for (let i = 0; i < count; i++) log.append(line(logged++));
};
append(Number(capacity) + 1000);

answer((kind) => {
  let spent = 0;
  for (let poll = 0; poll < POLLS; poll++) {
    append(APPENDS);
    const before = cpuNs();
    const answered = log.poll(LEVELS[kind]);
    spent += cpuNs() - before;
    if (answered < 10_000) throw new Error(`A poll of ${answered} bytes is none.`);
  }
  return spent / POLLS / 1000;
});

function line(i) {
  const level = ALL[i % ALL.length];
  return { level, context: 'InventoryService', message: `Stock of AB-${i} is below its minimum` };
}

function ours(size) {
  const store = new MemoryStore({ capacity: size, instance: 'web-1', maxBytes: 2 ** 29 });
  return {
    append: (record) => store.append(record),
    /** The pieces as the HTTP layer writes them: head, shared bytes of the entries, tail. */
    poll: (level) => {
      const batch = store.read({ limit: LIMIT, filter: level && { level } });
      const { epoch, instance, next, prev, more, gap, degraded } = batch;
      const head = JSON.stringify({ epoch, instance }).slice(0, -1);
      const tail = JSON.stringify({ next, prev, more, gap, degraded }).slice(1);
      const pieces = [Buffer.from(`${head},"entries":[`), ...batch.encoded(), Buffer.from(`],${tail}`)];
      return pieces.reduce((sum, piece) => sum + piece.length, 0);
    },
  };
}

/** What people write: an array of the last N objects, filtered by level and stringified; the bytes are not counted. */
function naive(size) {
  const entries = [];
  let id = 1_795_162_542_113_048;
  return {
    append: (record) => {
      entries.push({ id: id++, time: new Date().toISOString(), ...record, instance: 'web-1' });
      if (entries.length > size) entries.shift();
    },
    poll: (levels = ALL) => {
      const found = entries.filter((entry) => levels.includes(entry.level)).slice(-LIMIT);
      return JSON.stringify({ entries: found, next: found.at(-1)?.id }).length;
    },
  };
}
