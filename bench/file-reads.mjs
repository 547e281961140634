import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessLines } from './access-lines.mjs';
import { startChild } from './children.mjs';
import { withTempFolder } from './temp-folder.mjs';

const LINES = 300;
const READERS = 100;

/** Reads of the disk per appended line, of a hundred readers of the file against one. */
export function fileReads({ isQuick }) {
  return withTempFolder(async (folder) => {
    const count = async (readers) => {
      const path = join(folder, `${readers}.log`);
      writeFileSync(path, accessLines(2 ** 16));
      const child = startChild('file-reads.child.mjs', path, readers);
      try {
        await child.ask(LINES / 10);
        return await child.ask(isQuick ? LINES / 10 : LINES);
      } finally {
        await child.stop();
      }
    };
    const [one, many] = [await count(1), await count(READERS)];
    return [
      {
        what: `reads per appended line, ${READERS} readers, one reader: of the lines`,
        ours: many.ofLines.toFixed(2),
        peer: one.ofLines.toFixed(2),
        ratio: many.ofLines / one.ofLines,
        atMost: 1.1,
      },
      {
        what: `the same, with those that see whether it is still the same file`,
        ours: (many.ofLines + many.ofHead).toFixed(2),
        peer: (one.ofLines + one.ofHead).toFixed(2),
        ratio: (many.ofLines + many.ofHead) / (one.ofLines + one.ofHead),
      },
    ];
  });
}
