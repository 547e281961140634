// Puts the browser page into a TypeScript module, so that the package reads no file and survives every bundler.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const source = 'examples/minimal-client/public';
const target = 'libs/log-console/src/http/console-assets.generated.ts';
const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };

let html = readFileSync(`${source}/index.html`, 'utf8');
const assets = ['client.css', 'client.js'].map((file) => {
  const content = readFileSync(`${source}/assets/${file}`);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const [stem, ending] = file.split('.');
  const name = `${stem}-${hash}.${ending}`;
  if (!html.includes(`./assets/${file}`)) throw new Error(`index.html does not refer to ./assets/${file}`);
  html = html.replace(`./assets/${file}`, `./assets/${name}`);
  return { name, type: types[ending], etag: hash, gzip: gzipSync(content, { level: 9 }).toString('base64') };
});
const version = createHash('sha256').update(html).digest('hex').slice(0, 12);

const text = `// Made by scripts/build-ui.mjs.
/** The page, and a version that changes with it or its assets. */
export const CONSOLE_PAGE = ${JSON.stringify({ version, html })};
/** What the page loads: by exact name, compressed. */
export const CONSOLE_ASSETS: readonly { name: string; type: string; etag: string; gzip: string }[] = ${JSON.stringify(assets)};
`;
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
