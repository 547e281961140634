// `npm run screenshots`, or `npm run screenshots -- light dark` for some: the pictures of docs/images, made of the demo.
import { mkdirSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { PICTURES } from './screenshots/pictures.mjs';
import { smallPng } from './screenshots/small-png.mjs';
import { Visitor } from './screenshots/visitor.mjs';
import { Warehouse } from './screenshots/warehouse.mjs';
import { findService } from './service-list.mjs';

const FOLDER = 'docs/images';
/** The day so far: long enough for every level and a few problems. */
const MINUTES = 14.08;

/** It takes three minutes; with this process end those it started. */
const MAX_MS = 600_000;

const wanted = process.argv.slice(2);
const names = Object.keys(PICTURES).filter((name) => wanted.length === 0 || wanted.includes(name));
const executablePath = findService('chromium');
if (names.length === 0 || !executablePath) {
  console.error(executablePath ? `One of: ${Object.keys(PICTURES).join(', ')}` : 'Chromium is missing.');
  process.exit(2);
}

setTimeout(() => {
  console.error('It takes too long.');
  process.exit(1);
}, MAX_MS).unref();
mkdirSync(FOLDER, { recursive: true });
const warehouse = await Warehouse.open();
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-lcd-text', '--font-render-hinting=none'],
});
let failed = 0;
try {
  await warehouse.live(MINUTES);
  for (const name of names) await take(name);
} finally {
  await browser.close();
  await warehouse.stop();
}
process.exit(failed > 0 ? 1 : 0);

async function take(name) {
  const { as, to } = PICTURES[name];
  const visitor = await Visitor.arrive(browser, as);
  let after;
  try {
    after = await to({ visitor, warehouse });
    await visitor.settles();
    const picture = smallPng(await visitor.page.screenshot({ animations: 'disabled', caret: 'hide' }));
    writeFileSync(`${FOLDER}/${name}.png`, picture);
    console.log(`${name}: ${Math.ceil(picture.length / 1000)} kB`);
  } catch (error) {
    failed++;
    console.error(`${name}: ${error.message}`);
  } finally {
    await visitor.leave();
    await after?.();
  }
}
