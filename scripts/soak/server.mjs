// A Nest application (Express) that logs at a steady rate, every kind of line there is; answers with what it holds.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleModule, LogConsoleService } from 'nestjs-log-console';
import { answer } from '../../bench/children.mjs';

const TICK_MS = 10;
/** What a process that was held up still owes; more is not logged. */
const MAX_OWED_MS = 1000;
/** Small enough to turn over in some seconds, so that who stalls is overtaken. */
const CAPACITY = 4000;
const TOKEN = randomBytes(32).toString('hex');
const FILLER = 'The quick brown fox jumps over the lazy dog. '.repeat(7000);

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc');
const logger = new Logger('StockService');
let app;
let timer;
let attempted = 0;
let lines = 0;

answer(async (question) => {
  if (question === 'listen') return listen();
  if (question === 'sample') return sample();
  if (question === 'resources') return resources();
  if (question === 'stop') return stop();
  if (question === 'close') return close();
  return start(question.linesPerSecond);
});

async function listen() {
  class App {}
  const logConsole = LogConsoleModule.forRoot({
    forward: false,
    instance: 'soak-1',
    capacity: CAPACITY,
    level: '>=log',
    access: { tokens: [{ token: TOKEN, name: 'soak', role: 'viewer' }] },
    limits: { streamsPerUser: 500, streamsPerProcess: 500 },
  });
  Module({ imports: [logConsole] })(App);
  app = await NestFactory.create(App, { logger: false });
  await app.listen(0, '127.0.0.1');
  attempted = accountedFor(await stats());
  return { port: app.getHttpServer().address().port, token: TOKEN };
}

function start(linesPerSecond) {
  let due = performance.now();
  timer = setInterval(() => {
    const now = performance.now();
    due = Math.max(due, now - MAX_OWED_MS);
    for (; due <= now; due += 1000 / linesPerSecond) logLine(++lines);
  }, TICK_MS);
}

async function stop() {
  clearInterval(timer);
  return { newest: (await stats()).newest, lines };
}

async function sample() {
  const now = await stats();
  gc();
  const { heapUsed, rss } = process.memoryUsage();
  const at = performance.now() / 1000;
  return {
    at,
    heapUsed,
    rss,
    lines,
    attempted,
    accountedFor: accountedFor(now),
    stats: now,
    resources: resources(),
  };
}

async function close() {
  const from = performance.now();
  await app.close();
  return performance.now() - from;
}

function stats() {
  return app.get(LogConsoleService).stats();
}

function accountedFor({ accepted, belowLevel, rejected, suppressed }) {
  return accepted.total + belowLevel + rejected + suppressed;
}

/** What keeps the process busy, by kind. */
function resources() {
  const counts = {};
  for (const name of process.getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function log(level, ...args) {
  attempted++;
  logger[level](...args);
}

function logLine(n) {
  const text = `#${n} Stock of AB-${n % 1000} is below its minimum`;
  if (n % 5000 === 0) log('log', `${text} ${FILLER}`);
  else if (n % 200 === 0) log('log', `${text} ${FILLER.slice(0, 20_000)}`);
  else if (n % 100 === 3) log('log', text, { level: logsWhenRead(2) });
  else if (n % 50 === 1) log('error', text, new Error('No answer').stack);
  else if (n % 25 === 2) log('debug', text);
  else if (n % 10 === 0) log('warn', text, { sku: `AB-${n % 1000}`, location: { aisle: 35, bay: n % 40 } });
  else log('log', `${text} ${FILLER.slice(0, 100 + (n % 7) * 50)}`);
}

/** Data that logs while it is logged, in which there is such data again: where that ends, lines are refused. */
function logsWhenRead(depth) {
  return {
    get now() {
      if (depth > 0) log('log', 'From within', { level: logsWhenRead(depth - 1) });
      return depth;
    },
  };
}
