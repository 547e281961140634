import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUN = fileURLToPath(new URL('../../scripts/soak/run.mjs', import.meta.url));
const SECONDS = 60;

describe('A minute of 500 lines a second with fifty readers that come, stall, go and resume', () => {
  it('leaves every account exact, and heap and handles as they were', async () => {
    const { code, said } = await new Promise<{ code: unknown; said: string }>((resolve) => {
      execFile(process.execPath, [RUN, String(SECONDS)], { timeout: 150_000 }, (error, stdout, stderr) => {
        resolve({ code: error ? error.code : 0, said: `${stdout}\n${stderr}` });
      });
    });
    // The tables say what is wrong.
    if (code !== 0) throw new Error(said);
    expect(said.match(/ ok$/gm)).toHaveLength(16);
  }, 180_000);
});
