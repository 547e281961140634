// How many secrets are masked that the tests of secretlint say must be found: `node bench/redaction-secretlint.mjs <folder>`;
// the folder is packages/@secretlint of github.com/secretlint/secretlint.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redactor } from 'nestjs-log-console';

const [folder] = process.argv.slice(2);
if (!folder)
  throw new Error('Which rules? node bench/redaction-secretlint.mjs <path of packages/@secretlint>');
/** What is made of other rules, is no rule about secrets, or needs a setting that says what a secret is. */
const LEFT_OUT = /-(?:preset-.*|pattern|no-homedir|no-dotenv|filter-.*|example)$/;

const redactor = new Redactor();
let all = 0;
let allMasked = 0;
let harmless = 0;
let changed = 0;
for (const rule of readdirSync(folder).filter((name) => name.startsWith('secretlint-rule-'))) {
  const snapshots = join(folder, rule, 'test/snapshots');
  if (LEFT_OUT.test(rule) || !existsSync(snapshots)) continue;
  let total = 0;
  let masked = 0;
  const missed = [];
  for (const name of readdirSync(snapshots)) {
    const input = readdirSync(join(snapshots, name)).find((file) => file.startsWith('input'));
    const output = join(snapshots, name, 'output.json');
    if (!input || !existsSync(output)) continue;
    const text = readFileSync(join(snapshots, name, input), 'utf8');
    // A binary file is not what is logged.
    if (text.includes('\0') || text.includes('\ufffd')) continue;
    const shown = redactor.text(text);
    if (name.startsWith('ok.')) {
      harmless++;
      if (shown !== text) changed++;
    }
    if (!name.startsWith('ng.')) continue;
    for (const { range, data = {} } of JSON.parse(readFileSync(output, 'utf8')).messages) {
      const [secret = text.slice(...range)] = Object.values(data)
        .filter((value) => typeof value === 'string' && value.length > 3 && text.includes(value))
        .sort((a, b) => b.length - a.length);
      total++;
      if (shown.includes(secret)) missed.push(`${name}: ${secret}`);
      else masked++;
    }
  }
  if (total === 0) continue;
  all += total;
  allMasked += masked;
  console.log(`${rule.slice('secretlint-rule-'.length)}: ${masked} of ${total}`);
  for (const text of missed.slice(0, 6)) console.log(`  missed: ${JSON.stringify(text).slice(0, 140)}`);
}
console.log(`all: ${allMasked} of ${all} masked, ${((100 * allMasked) / all).toFixed(1)} %`);
console.log(`files without a secret: ${changed} of ${harmless} changed`);
