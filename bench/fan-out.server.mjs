// A Nest application (Express) that logs at a steady rate: ours with `GET stream`, or a plain `@Sse` fed by a Subject.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Controller, Logger, Module, Sse } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleModule } from 'nestjs-log-console';
import { Subject } from 'rxjs';
import { answer } from './children.mjs';
import { cpuNs } from './cpu.mjs';

const TICK_MS = 10;
/** A server that falls behind logs less, it does not pile up what it owes: at most so many ticks' worth at once. */
const MAX_TICKS_AT_ONCE = 5;
const TOKEN = randomBytes(32).toString('hex');

const [who, linesPerSecond] = process.argv.slice(2);
const { module, path, log } = who === 'ours' ? ours() : plain();
let lines = 0;

answer(async (question) => {
  switch (question) {
    case 'listen':
      return listen();
    case 'start':
      return start(Number(linesPerSecond));
    default:
      return { seconds: performance.now() / 1000, lines, cpuNs: cpuNs() };
  }
});

async function listen() {
  const app = await NestFactory.create(module, { logger: false });
  await app.listen(0, '127.0.0.1');
  return { port: app.getHttpServer().address().port, path, token: TOKEN };
}

function start(rate) {
  let due = performance.now();
  setInterval(() => {
    const now = performance.now();
    due = Math.max(due, now - MAX_TICKS_AT_ONCE * TICK_MS);
    for (; due <= now; due += 1000 / rate) log(`Stock of AB-${lines++} is below its minimum`);
  }, TICK_MS);
}

function ours() {
  class App {}
  const streams = 2000;
  const logConsole = LogConsoleModule.forRoot({
    forward: false,
    instance: 'web-1',
    access: { tokens: [{ token: TOKEN, name: 'bench', role: 'viewer' }] },
    limits: { streamsPerUser: streams, streamsPerProcess: streams },
  });
  Module({ imports: [logConsole] })(App);
  const logger = new Logger('InventoryService');
  return { module: App, path: '/log-console/api/stream?limit=0', log: (message) => logger.log(message) };
}

/** One event per line, whose JSON is made once for all clients. */
function plain() {
  const events = new Subject();
  class App {}
  class Stream {
    stream() {
      return events;
    }
  }
  Sse('stream')(Stream.prototype, 'stream', Object.getOwnPropertyDescriptor(Stream.prototype, 'stream'));
  Controller()(Stream);
  Module({ controllers: [Stream] })(App);
  let id = Date.now() * 1000;
  const log = (message) => {
    const time = new Date().toISOString();
    const entry = { id: id++, time, level: 'log', context: 'InventoryService', message, instance: 'web-1' };
    events.next({ data: JSON.stringify(entry) });
  };
  return { module: App, path: '/stream', log };
}
