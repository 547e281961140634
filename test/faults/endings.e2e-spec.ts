import { EventReader } from '../reading/event-reader.js';
import { AppFolder, type Ending } from '../support/app-process.js';
import { startApart, type HostApart } from './host-apart.js';

describe('F27: a process that ends, or would', () => {
  const folder = new AppFolder();
  let host: HostApart | undefined;
  let reader: EventReader;
  const start = async (env?: Record<string, string>): Promise<HostApart> => {
    host = await startApart(folder, 'express', {}, env);
    reader = await EventReader.open(host.at('stream?limit=0'));
    await reader.first('hello');
    return host;
  };
  afterEach(async () => {
    reader.close();
    await host?.stop();
  });
  afterAll(() => folder.remove());

  it.each<[string, string, Ending, RegExp]>([
    ['process.exit(3)', 'exit', { code: 3, signal: null }, /listening/],
    ['an exception nobody catches', 'throw', { code: 1, signal: null }, /TypeError: the shelf broke\n +at /],
    [
      'a rejection nobody handles',
      'reject',
      { code: 1, signal: null },
      /RangeError: the lorry is late\n +at /,
    ],
  ])('by %s ends as it would without the console, its clients with it', async (_what, by, ending, said) => {
    const { work, ended, printed } = await start();
    const output = printed(said);
    await work(`end?by=${by}`);
    expect(await ended).toEqual(ending);
    expect(await output).toMatch(said);
    await reader.ended;
  });

  it.each([
    ['an exception', 'throw', 'the shelf broke'],
    ['a rejection', 'reject', 'RangeError: the lorry is late'],
  ])('by %s goes on where the host handles it: its handler is not replaced', async (_what, by, message) => {
    const { work, printed } = await start({ HANDLES: 'yes' });
    await work(`end?by=${by}`);
    expect(await printed(/handled: .*/)).toContain(`handled: ${message}\n`);
    const { lines } = await work<{ lines: string[] }>('log?count=2');
    await reader.until(() => reader.messages.at(-1) === lines[1]);
    expect(reader.messages.slice(-2)).toEqual(lines);
    expect(reader.named('bye')).toEqual([]);
    const crashes = reader.entries.filter(({ context }) => context === 'process');
    // A rejection that is handled is no crash.
    expect(crashes).toMatchObject(
      by === 'throw' ? [{ level: 'fatal', message: 'uncaughtException: TypeError: the shelf broke' }] : [],
    );
  });
});
