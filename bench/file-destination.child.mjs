// Writes a log to a file at 10,000 lines a second; answers with the CPU time of a line, and how many are not in the file.
import 'reflect-metadata';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileSink, LogConsoleModule } from 'nestjs-log-console';
import { pino } from 'pino';
import { answer } from './children.mjs';
import { cpuNs } from './cpu.mjs';

const TICK_MS = 10;
const LINES_PER_TICK = 100;
const SETTLED_MS = 150;
const CONTEXT = 'InventoryService';
const MESSAGE = 'Stock of AB-444 is below its minimum';
/** An entry says more of itself than a line of pino: the same bytes for both. */
const AS_LONG = MESSAGE.padEnd(MESSAGE.length + 48, '.');

const folder = mkdtempSync(join(tmpdir(), 'log-console-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'app.log');

const [who] = process.argv.slice(2);
const log = who === 'ours' ? await ours() : pinoTo(who === 'pino');
let written = 0;

answer(async (seconds) => {
  const ticks = (seconds * 1000) / TICK_MS;
  const before = cpuNs();
  const start = performance.now();
  for (let tick = 0; tick < ticks; tick++) {
    for (let line = 0; line < LINES_PER_TICK; line++) log();
    await sleep(Math.max(0, start + (tick + 1) * TICK_MS - performance.now()));
  }
  await sleep(SETTLED_MS);
  const count = ticks * LINES_PER_TICK;
  const ns = (cpuNs() - before) / count;
  written += count;
  const lines = readFileSync(path, 'utf8').split('\n');
  const ofLog = lines.filter((text) => text.includes(MESSAGE));
  return { ns, missing: written - ofLog.length, bytes: Buffer.byteLength(ofLog[0] ?? '') };
});

async function ours() {
  class App {}
  const sinks = [fileSink({ path, maxBytes: 2 ** 31 })];
  Module({ imports: [LogConsoleModule.forRoot({ forward: false, sinks })] })(App);
  await NestFactory.createApplicationContext(App);
  const logger = new Logger(CONTEXT);
  return () => logger.log(MESSAGE);
}

function pinoTo(sync) {
  const logger = pino(pino.destination({ dest: path, sync })).child({ context: CONTEXT });
  return () => logger.info(AS_LONG);
}
