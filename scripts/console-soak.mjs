// `npm run soak:console`, or `npm run soak:console -- --minutes 5 --rate 500`: the console in Chromium under a steady load
// for two hours at 50 lines per second, its heap sampled every minute after garbage collection. Exits with 1 when it grew.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleModule } from 'nestjs-log-console';
import { chromium } from 'playwright-core';
import { findService } from './service-list.mjs';

const TICK_MS = 20;
/** What a process that was held up still owes; more is not logged. */
const MAX_OWED_MS = 1000;
const MAX_GROWTH_MIB = 20;
/** After so much everything is warm, and the list is full. */
const WARM_UP = { minutes: 5, share: 0.2 };
const MIB = 2 ** 20;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '120' }, rate: { type: 'string', default: '50' } },
});
const [minutes, rate] = [Number(values.minutes), Number(values.rate)];
const executablePath = findService('chromium');
if (!(minutes >= 1 && rate > 0 && executablePath)) {
  console.error('Wanted: --minutes (1 at least), --rate (lines per second), and Chromium.');
  process.exit(2);
}

const token = randomBytes(32).toString('hex');
const app = await startApp();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const samples = await soak().finally(async () => {
  await browser.close();
  await app.close();
});
const warm = Math.min(WARM_UP.minutes, minutes * WARM_UP.share);
const from = samples.find(({ minute }) => minute >= warm) ?? samples[0];
const grown = samples.at(-1).heapMiB - from.heapMiB;
const verdict = `${grown.toFixed(1)} MiB more than at minute ${from.minute}, of ${MAX_GROWTH_MIB} MiB at most`;
console.log(verdict);
process.exit(grown < MAX_GROWTH_MIB ? 0 : 1);

async function startApp() {
  class App {}
  const access = { tokens: [{ token, name: 'soak', role: 'operator' }] };
  Module({ imports: [LogConsoleModule.forRoot({ forward: false, capacity: 20_000, access })] })(App);
  const app = await NestFactory.create(App, { logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

async function soak() {
  const page = await browser.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`http://127.0.0.1:${app.getHttpServer().address().port}/log-console#token=${token}`);
  await page.getByText('New lines appear as they happen.').waitFor();
  const devtools = await page.context().newCDPSession(page);
  const load = startLoad();
  const samples = [];
  const started = performance.now();
  for (let minute = 1; minute <= minutes; minute++) {
    await pause(started + minute * 60_000 - performance.now());
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
    const sample = { minute, heapMiB: usedSize / MIB, nodes, jsEventListeners };
    samples.push(sample);
    const foot = await page.getByRole('contentinfo').textContent();
    console.log(
      `minute ${minute}: ${sample.heapMiB.toFixed(1)} MiB, ${nodes} nodes, ${jsEventListeners} listeners, ${load.lines()} lines logged; ${foot}`,
    );
    const isFollowing = foot.includes('Following');
    if (faults.length > 0 || !isFollowing)
      throw new Error(`The page is not well: ${foot} ${faults.join(' ')}`);
  }
  load.stop();
  return samples;
}

/** Every kind of line there is; every thousandth is large. */
function startLoad() {
  const logger = new Logger('StockService');
  const large = 'The quick brown fox jumps over the lazy dog. '.repeat(500);
  let lines = 0;
  let due = performance.now();
  const log = (n) => {
    if (n % 1000 === 0) logger.log(`#${n} ${large}`);
    else if (n % 100 === 0) logger.error(new Error(`Order ${n} failed`));
    else if (n % 10 === 0)
      logger.warn(`Stock of AB-${n % 500} is low`, { sku: `AB-${n % 500}`, left: n % 7 });
    else logger.log(`Order ${n} reserved ${n % 9} items in aisle ${n % 40}`);
  };
  const timer = setInterval(() => {
    const now = performance.now();
    due = Math.max(due, now - MAX_OWED_MS);
    for (; due <= now; due += 1000 / rate) log(++lines);
  }, TICK_MS);
  return { lines: () => lines, stop: () => clearInterval(timer) };
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
