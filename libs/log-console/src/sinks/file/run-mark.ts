import { entryText } from '../../domain/entry-text.js';

/** What a file says of the runs whose lines are in it. */
export interface RunMark {
  /** `continues`: in a file that was begun after the run. */
  readonly state: 'started' | 'continues' | 'ended';
  readonly epoch: string;
  /** Only at the end: the last id of the run, and how many lines the file has not got. */
  readonly last?: number;
  readonly dropped?: number;
}

const WORDS = { started: 'started', continues: 'goes on in this file', ended: 'ended in good order' };

/** A mark as a line: no entry, which always begins with its id, and so nothing an application can write. */
export function markLine(mark: RunMark, instance: string, format: 'ndjson' | 'text'): Buffer {
  const record = {
    time: new Date().toISOString(),
    level: 'log',
    context: 'LogConsole',
    message: `${instance} ${WORDS[mark.state]}`,
    instance,
  } as const;
  const text =
    format === 'text' ? entryText({ ...record, id: 0 }) : `${JSON.stringify({ ...record, run: mark })}\n`;
  return Buffer.from(text);
}

/** The mark a line is; undefined for any other. */
export function parseMark(line: string): RunMark | undefined {
  if (!line.startsWith('{"time":')) return undefined;
  try {
    const { run } = JSON.parse(line) as { run?: Partial<RunMark> };
    const isMark = typeof run?.state === 'string' && run.state in WORDS && typeof run.epoch === 'string';
    return isMark && /^[A-Za-z0-9._]{1,128}$/.test(run.epoch) ? (run as RunMark) : undefined;
  } catch {
    return undefined;
  }
}
