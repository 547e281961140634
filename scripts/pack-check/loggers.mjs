import { run } from './command.mjs';

/** What differs from run to run: times, the process, the machine. */
const tidy = (text) =>
  text
    .replace(/\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}[,T ]+[\d:.]+(\s*[AP]M|Z)?/g, '<time>')
    .replace(/"time":\d+/g, '"time":<time>')
    .replace(/"pid":\d+/g, '"pid":<pid>')
    .replace(/(Shop\]\s+)\d+/g, '$1<pid>')
    .replace(/ \+\d+ms/g, '')
    .split('\n')
    // The console's own modules and routes are new.
    .filter((line) => !line.includes('LogConsole') && !line.includes('log-console'));

const EXPECTED = [
  ['log', 'an order was taken'],
  ['warn', 'shelf 7 is nearly empty'],
  ['error', 'picking failed'],
  ['debug', 'nobody sees this one'],
];

/** A host's own logger prints with the console what it printed without, and the entries are what was logged. */
export async function compareLogger(path, name) {
  const node = (...args) => run(process.execPath, [`dist/${name}.js`, ...args], { cwd: path });
  const before = tidy((await node()).stdout);
  const { stdout, stderr } = await node('--console');
  const after = tidy(stdout);
  if (!before.some((line) => line.includes('shelf 7 is nearly empty')) || before.join() !== after.join())
    throw new Error(`Printed before:\n${before.join('\n')}\nand with the console:\n${after.join('\n')}`);
  const entries = JSON.parse(stderr);
  const seen = entries.map(({ level, message }) => [level, message]);
  if (JSON.stringify(seen) !== JSON.stringify(EXPECTED) || !entries[2].stack?.includes('at shelf 7'))
    throw new Error(`The entries are ${stderr}`);
}
