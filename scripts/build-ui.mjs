// Builds the browser console and puts it into a TypeScript module, so that the package reads no file and survives every bundler.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipAsync } from '@gfx/zopfli'; // what every browser unpacks, 4 % smaller than zlib makes it
import { build } from 'vite';

const target = 'libs/log-console/src/http/console-assets.generated.ts';
const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };
/** What somebody who opens the console downloads at most, compressed: page, script and style. */
const MAX_BYTES = 45_000;

const { output } = await build({
  configFile: false,
  root: 'libs/log-console/ui',
  base: './', // the page works at whatever address it is mounted
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    write: false,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/console-[hash].js',
        assetFileNames: 'assets/console-[hash][extname]',
      },
    },
  },
});
const page = String(output.find(({ fileName }) => fileName === 'index.html').source);
const assets = await Promise.all(
  output
    .filter(({ fileName }) => fileName !== 'index.html')
    .map(async (file) => {
      const name = file.fileName.replace('assets/', '');
      const content = Buffer.from(file.type === 'chunk' ? file.code : file.source);
      const etag = createHash('sha256').update(content).digest('hex').slice(0, 12);
      return { name, type: types[name.split('.').at(-1)], etag, gzip: await compressed(content) };
    }),
);
const version = createHash('sha256').update(page).digest('hex').slice(0, 12);
const html = page.replace('__UI_VERSION__', version);

const sizes = [(await compressed(Buffer.from(html))).length, ...assets.map(({ gzip }) => gzip.length)];
const bytes = sizes.reduce((sum, size) => sum + size);
// Not to stdout: that belongs to whoever builds, `npm pack --json` for one.
console.error(
  `console: ${bytes} of at most ${MAX_BYTES} bytes, compressed (page and ${assets.map(({ name }) => name.split('.').at(-1)).join(', ')}: ${sizes.join(' + ')})`,
);
if (bytes > MAX_BYTES) throw new Error(`The console is larger than ${MAX_BYTES} bytes.`);

const text = `// Made by scripts/build-ui.mjs.
/** The page, and a version that changes with it or its assets. */
export const CONSOLE_PAGE = ${JSON.stringify({ version, html })};
/** What the page loads: by exact name, compressed. */
export const CONSOLE_ASSETS: readonly { name: string; type: string; etag: string; gzip: string }[] = ${JSON.stringify(
  assets.map((asset) => ({ ...asset, gzip: Buffer.from(asset.gzip).toString('base64') })),
)};
`;
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);

function compressed(content) {
  return gzipAsync(content, { numiterations: 15 });
}
