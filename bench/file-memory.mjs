import { startChildWith } from './children.mjs';
import { withTempFolder } from './temp-folder.mjs';

const KIB = 2 ** 10;
const PROMISED = 256 * KIB;
const FILES = 200;
const CASES = [
  { what: `${FILES} files, lines of 100 B`, count: FILES, times: 3, lines: 50, lineBytes: 100 },
  { what: `${FILES} files, lines of 1 MB`, count: FILES, times: 3, lines: 1, lineBytes: 1e6 },
  { what: 'one file, a line of 1 GB', count: 1, times: 1, lines: 1, lineBytes: 1e9 },
];
const LONGEST_MS = 300_000;

/** What a followed file with a reader takes of memory, however long its lines are. */
export async function fileMemory({ isQuick }) {
  const rows = [];
  for (const { what, ...given } of CASES) {
    const question = { ...given, times: isQuick ? 1 : given.times };
    const { most, settled, rss } = await withTempFolder((folder) => measure(folder, question));
    const against = (when, bytes, also = '') => ({
      what: `memory of a followed file, ${what}: ${when}`,
      ours: `${spell(bytes)}${also}`,
      peer: `promised ${spell(PROMISED)}`,
      ratio: bytes / PROMISED,
      atMost: 1,
    });
    rows.push(
      against('when they are read', settled),
      against('at most, with what is on its way', most, ` (rss ${spell(rss)})`),
    );
  }
  return rows;
}

async function measure(folder, question) {
  const child = startChildWith(['--expose-gc'], 'file-memory.child.mjs', folder);
  try {
    return await child.ask(question, LONGEST_MS);
  } finally {
    await child.stop();
  }
}

function spell(bytes) {
  return `${Math.round(bytes / KIB)} KiB`;
}
