// Builds the browser console and puts it into a TypeScript module, so that the package reads no file and survives every bundler.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipAsync } from '@gfx/zopfli'; // what every browser unpacks, 4 % smaller than zlib makes it
import { build } from 'vite';

const target = 'libs/log-console/src/http/console-assets.generated.ts';
const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' };
/** What somebody who opens the console waits for at most, compressed: page, script, style and one language. */
const MAX_BYTES = 45_000;
/** Only readers of one language load it; what else is no entry comes when the page is there. */
const isLanguage = ({ name }) => name === 'en' || name === 'de';

const { output } = await build({
  configFile: false,
  root: 'libs/log-console/ui',
  base: './', // the page works at whatever address it is mounted
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [
    {
      name: 'no-preload', // a file that is loaded on demand needs no other
      enforce: 'pre',
      load: (id) =>
        id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : undefined,
    },
  ],
  build: {
    write: false,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/console-[hash].js',
        chunkFileNames: 'assets/console-[name]-[hash].js',
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
      return { file, name, type: types[name.split('.').at(-1)], etag, gzip: await compressed(content) };
    }),
);
const version = createHash('sha256').update(page).digest('hex').slice(0, 12);
const html = page.replace('__UI_VERSION__', version);

/** The file of the script, and those it begins with. */
const withImports = (file) => [
  file,
  ...file.imports.flatMap((name) => withImports(output.find(({ fileName }) => fileName === name))),
];
const script = new Set(withImports(output.find(({ isEntry }) => isEntry)));
const size = (test) => Math.max(0, ...assets.filter(({ file }) => test(file)).map(({ gzip }) => gzip.length));
const sizes = {
  page: (await compressed(Buffer.from(html))).length,
  script: assets.reduce((sum, { file, gzip }) => sum + (script.has(file) ? gzip.length : 0), 0),
  style: size(({ type }) => type === 'asset'),
  'largest language': size(isLanguage),
};
const bytes = Object.values(sizes).reduce((sum, one) => sum + one);
const later = assets.reduce((sum, { gzip }) => sum + gzip.length, sizes.page) - bytes;
// Not to stdout: that belongs to whoever builds, `npm pack --json` for one.
console.error(
  `console: ${bytes} of at most ${MAX_BYTES} bytes, compressed (${Object.entries(sizes)
    .map(([name, one]) => `${name} ${one}`)
    .join(', ')}; other files ${later})`,
);
if (bytes > MAX_BYTES) throw new Error(`The console is larger than ${MAX_BYTES} bytes.`);

const text = `// Made by scripts/build-ui.mjs.
/** The page, and a version that changes with it or its assets. */
export const CONSOLE_PAGE = ${JSON.stringify({ version, html })};
/** What the page loads: by exact name, compressed. */
export const CONSOLE_ASSETS: readonly { name: string; type: string; etag: string; gzip: string }[] = ${JSON.stringify(
  assets.map(({ name, type, etag, gzip }) => ({
    name,
    type,
    etag,
    gzip: Buffer.from(gzip).toString('base64'),
  })),
)};
`;
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);

function compressed(content) {
  return gzipAsync(content, { numiterations: 15 });
}
