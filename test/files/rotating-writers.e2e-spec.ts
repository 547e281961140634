import { readdirSync } from 'node:fs';
import { jest } from '@jest/globals';
import { accountOf, LINES, NOTHING_LOST, ROTATIONS } from './account.js';
import { FollowedFile } from './followed-file.js';
import { node } from './numbered-writer.js';

jest.setTimeout(60_000);

const LOOP = `
  for (let line = 1; line <= ${LINES}; line++) {
    await write('line ' + line + ' ' + 'x'.repeat(line % 90));
    if (line % 40 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }`;

const PINO_ROLL = `
const pino = require('pino');
const roll = require('pino-roll');
roll({ file: process.argv[1] + '/app.log', size: '440k', symlink: true }).then(async (stream) => {
  const logger = pino(stream);
  const write = (text) => logger.info(text);
  ${LOOP}
  stream.once('close', () => process.exit(0));
  stream.end();
});`;

const ROTATING_FILE_STREAM = `
const { once } = require('node:events');
const { createStream } = require('rotating-file-stream');
const stream = createStream('app.log', { path: process.argv[1], size: '250K', ...JSON.parse(process.argv[2]) });
const write = (text) => stream.write(text + '\\n') || once(stream, 'drain');
(async () => {
  ${LOOP}
  stream.end(() => process.exit(0));
})();`;

const WRITERS: readonly [string, { script: string; args?: string[]; path?: string; format?: 'auto' }][] = [
  ['pino-roll', { script: PINO_ROLL, path: 'current.log', format: 'auto' }],
  ['rotating-file-stream, by dates', { script: ROTATING_FILE_STREAM, args: ['{}'] }],
  ['rotating-file-stream, by numbers', { script: ROTATING_FILE_STREAM, args: ['{"rotate":20}'] }],
];

describe.each(WRITERS)(
  `${LINES} lines of %s`,
  (_, { script, args = [], path, format = 'plain' as const }) => {
    let file: FollowedFile;
    beforeEach(async () => (file = await FollowedFile.open({ format }, path)));
    afterEach(() => file.close());

    it(`get to everybody once, in order, over ${ROTATIONS} rotations and more`, async () => {
      await node(script, file.folder, ...args);
      const files = readdirSync(file.folder).filter((name) => /app.*log/.test(name));
      expect(files.length).toBeGreaterThan(ROTATIONS);
      expect(accountOf(await file.streamed())).toEqual(NOTHING_LOST);
      expect(accountOf(await file.polled)).toEqual(NOTHING_LOST);
      const back = await file.pagedBack();
      expect(accountOf(back)).toEqual(NOTHING_LOST);
      expect(accountOf(await file.readOn(back))).toEqual(NOTHING_LOST);
    });
  },
);
