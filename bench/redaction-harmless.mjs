// How many ordinary log lines are changed that hold no secret: `node bench/redaction-harmless.mjs <file or folder> …`, for
// example the *_2k.log files of github.com/logpai/loghub.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Redactor } from 'nestjs-log-console';

const paths = process.argv.slice(2);
if (paths.length === 0) throw new Error('Which logs? node bench/redaction-harmless.mjs <file or folder> …');
const files = paths.flatMap((path) =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.log'))
        .map((name) => join(path, name))
    : [path],
);
const redactor = new Redactor();
let lines = 0;
let changed = 0;
for (const file of files) {
  const shown = [];
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    lines++;
    const masked = redactor.text(line);
    if (masked === line) continue;
    changed++;
    if (shown.length < 5) shown.push(masked);
  }
  if (shown.length > 0) console.log(`${file}:\n  ${shown.map((line) => line.slice(0, 220)).join('\n  ')}`);
}
console.log(`${lines} lines, ${changed} changed: ${((100 * changed) / lines).toFixed(2)} %`);
