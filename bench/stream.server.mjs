// A Nest application (Express) that logs at a steady rate and streams what it logs, in one of the ways of stream.contestants.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { answer } from './children.mjs';
import { cpuNs } from './cpu.mjs';
import { contestants, TOKEN } from './stream.contestants.mjs';

const TICK_MS = 10;
/** A server that falls behind logs less, it does not pile up what it owes: at most so many ticks' worth at once. */
const MAX_TICKS_AT_ONCE = 5;

const [who, linesPerSecond] = process.argv.slice(2);
const { module, path, log } = contestants[who]();
let lines = 0;

answer(async (question) => {
  switch (question) {
    case 'listen':
      return listen();
    case 'start':
      return start(Number(linesPerSecond));
    default:
      return counts();
  }
});

async function listen() {
  const app = await NestFactory.create(module, { logger: false });
  await app.listen(0, '127.0.0.1');
  return { port: app.getHttpServer().address().port, path, token: TOKEN };
}

function counts() {
  const sockets = process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;
  return {
    seconds: performance.now() / 1000,
    lines,
    cpuNs: cpuNs(),
    rss: process.memoryUsage.rss(),
    sockets,
  };
}

function start(rate) {
  let due = performance.now();
  setInterval(() => {
    const now = performance.now();
    due = Math.max(due, now - MAX_TICKS_AT_ONCE * TICK_MS);
    for (; due <= now; due += 1000 / rate) log(`Stock of AB-${lines++} is below its minimum`);
  }, TICK_MS);
}
