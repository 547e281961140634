// How many secrets are masked that the rules were not written against: samples made from the rules of gitleaks.
// `node bench/redaction-recall.mjs <gitleaks.toml>`; the file is config/gitleaks.toml of github.com/gitleaks/gitleaks.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { Redactor } from 'nestjs-log-console';

const SAMPLES = 20;
const [file] = process.argv.slice(2);
if (!file) throw new Error('Which rules? node bench/redaction-recall.mjs <path of gitleaks.toml>');

/** How gitleaks' own tests write a secret beside a name (cmd/generate/config/utils/generate.go, GenerateSampleSecrets). */
const ASSIGNMENTS = [
  '{i}Token="{s}"',
  '{i}Token = "{s}"',
  '{i}Token={s}',
  '{i}Token = {s}',
  '{\n    "{i}_token": "{s}"\n}',
  '{"config.ini": "{I}_TOKEN={s}\\nBACKUP_ENABLED=true"}',
  '<{i}Token>\n    {s}\n</{i}Token>',
  '{i}_token: {s}',
  "{i}_token: '{s}'",
  '{i}_token: "{s}"',
  'string {i}Token = "{s}";',
  'var {i}Token string = "{s}"',
  '{i}Token := "{s}"',
  '{i}Token := `{s}`',
  'String {i}Token = "{s}";',
  'var {i}Token = "{s}"',
  '${i}Token .= "{s}"',
  "{i}Token = '{s}'",
  'System.setProperty("{I}_TOKEN", "{s}")',
  '  "{i}Token" => "{s}"',
  '{i}_TOKEN = "{s}"',
  '{i}_TOKEN := "{s}"',
  '{i}_TOKEN ::= "{s}"',
  '{i}_TOKEN :::= "{s}"',
  '{i}_TOKEN ?= "{s}"',
  '{i}_api_token = "{s}"',
];
/** Where a token that is known by its own letters may stand in a log. */
const PLAIN = [
  '{s}',
  'using {s} for the call',
  '{"value":"{s}"}',
  'failed with "{s}"',
  'curl https://a.example/{s}',
  'a={s};',
];

const rules = readFileSync(file, 'utf8')
  .split('[[rules]]')
  .slice(1)
  .map((text) => ({
    id: /^id = "(.+)"$/m.exec(text)?.[1],
    regex: /^regex = '''(.+)'''$/m.exec(text)?.[1],
    keyword: /^keywords = \[\s*"([^"]+)"/m.exec(text)?.[1],
  }))
  .filter(({ regex }) => regex);

const redactor = new Redactor();
const table = [];
for (const { id, regex, keyword } of rules) {
  const named = regex.includes('(?:=|>|:{1,3}=');
  const source = named
    ? regex.slice(regex.indexOf('[\\x60\'"\\s=]{0,5}(') + '[\\x60\'"\\s=]{0,5}('.length)
    : regex.replace(/^\(\?i\)/, '').replace(/^\\b\(/, '');
  const end = source.indexOf(')(?:[\\x60\'"\\s;]');
  const open = end < 0 && regex.startsWith('\\b(') ? source.slice(0, source.lastIndexOf(')')) : source;
  const secret = (end < 0 ? open : source.slice(0, end))
    .replace(/\(\?i\)/g, '')
    .replace(/\(\?-?i:/g, '(?:')
    .replace(/\[\[:alnum:\]\]/g, '[A-Za-z0-9]')
    .replace(/\\z/g, '$')
    .replace(/\\b/g, '');
  let samples;
  try {
    samples = fc.sample(fc.stringMatching(new RegExp(`^(?:${secret})$`)), { numRuns: SAMPLES, seed: 7 });
  } catch (error) {
    console.log(`left out: ${id}: ${error.message.slice(0, 80)}`);
    continue;
  }
  const texts = named ? ASSIGNMENTS : PLAIN;
  let masked = 0;
  let total = 0;
  let missed;
  for (const sample of samples) {
    for (const template of texts) {
      const text = template
        .replaceAll('{i}', keyword ?? 'service')
        .replaceAll('{I}', (keyword ?? 'service').toUpperCase())
        .replaceAll('{s}', sample);
      total++;
      if (redactor.text(text).includes(sample)) missed ??= text;
      else masked++;
    }
  }
  table.push({ id, named, masked, total, missed });
}

for (const { id, masked, total, missed } of table)
  if (masked < total)
    console.log(
      `${String(Math.round((100 * masked) / total)).padStart(4)} %  ${id}  e.g. ${JSON.stringify(missed).slice(0, 160)}`,
    );
for (const named of [true, false]) {
  const part = table.filter((row) => row.named === named);
  const mean = part.reduce((sum, { masked, total }) => sum + masked / total, 0) / part.length;
  console.log(
    `${named ? 'beside a name' : 'by itself'}: ${part.length} rules, ${(100 * mean).toFixed(1)} % masked`,
  );
}
const mean = table.reduce((sum, { masked, total }) => sum + masked / total, 0) / table.length;
console.log(`all: ${table.length} rules, ${(100 * mean).toFixed(1)} % masked`);
