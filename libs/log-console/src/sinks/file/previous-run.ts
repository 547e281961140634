import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type PreviousRun } from '../../domain/log-sink.js';
import { parseMark, type RunMark } from './run-mark.js';

/** What is looked at, and so what is held of the run before, at most. */
const MAX_BYTES = 8 * 1024 ** 2;
/** The epoch of a run that does not say its own: no run has it, for it has a dot. */
const UNKNOWN = 'previous.run';

interface Tail {
  /** Whole lines. */
  readonly lines: readonly string[];
  /** What stands behind the last line end. */
  readonly rest: string;
}

/**
 * The last run that a file tells of, from its end and from the ends of those rotated before it (newest first); undefined
 * where there is none.
 */
export function readPreviousRun(files: readonly string[], maxBytes = MAX_BYTES): PreviousRun | undefined {
  const lines: string[] = [];
  let torn = 0;
  let last: RunMark | undefined;
  let epoch: string | undefined;
  let isStarted = false;
  let left = maxBytes;
  for (const [index, file] of files.entries()) {
    if (isStarted || left <= 0) break;
    const tail = readTail(file, left);
    if (tail.rest !== '') torn++;
    if (index === 0 && tail.lines.length > 0) last = parseMark(tail.lines.at(-1) ?? '');
    for (let at = tail.lines.length - 1; at >= 0 && !isStarted; at--) {
      const line = tail.lines[at] ?? '';
      left -= line.length + 1;
      const mark = parseMark(line);
      epoch ??= mark?.epoch;
      isStarted = mark?.state === 'started';
      if (line.startsWith('{"id":') && line.endsWith('}')) lines.push(line);
      else if (!mark && line !== '') torn++;
    }
  }
  if (lines.length === 0 && epoch === undefined && torn === 0) return undefined;
  const isClean = last?.state === 'ended' && torn === 0;
  return {
    epoch: epoch ?? UNKNOWN,
    lines: lines.reverse(),
    isClean,
    lastId: isClean ? last?.last : undefined,
    torn,
  };
}

/** The whole lines in the last bytes of a file; none where there is no such file. */
function readTail(path: string, maxBytes: number): Tail {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(fd);
    if (!stat.isFile()) return { lines: [], rest: '' };
    const bytes = Buffer.alloc(Math.min(stat.size, maxBytes));
    const from = stat.size - bytes.length;
    const read = readSync(fd, bytes, 0, bytes.length, from);
    const lines = bytes.toString('utf8', 0, read).split('\n');
    if (from > 0) lines.shift();
    return { rest: lines.pop() ?? '', lines };
  } catch {
    return { lines: [], rest: '' };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
