// One logger in a process of its own; answers with the CPU time of one call in nanoseconds.
import 'reflect-metadata';
import { ConsoleLogger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleLogger, LogConsoleModule, MemoryStore } from 'nestjs-log-console';
import { pino } from 'pino';
import { answer } from './children.mjs';
import { enough, measure } from './per-call.mjs';

const MESSAGE = 'Stock of AB-444 is below its minimum';
const CONTEXT = 'InventoryService';
const STACK = new Error(MESSAGE).stack;

const [who] = process.argv.slice(2);
const loggers = { console: () => new ConsoleLogger(), module: ofModule };
const calls = who === 'pino' ? pinoCalls() : nestCalls(await (loggers[who] ?? ours)(who));
const counts = {};

answer((call) => {
  if (call !== 'warm-up') return measure(calls[call], counts[call]);
  // All kinds twice, so that each runs in code that has seen the others too, as in an application.
  for (let turn = 0; turn < 2; turn++) {
    for (const [name, run] of Object.entries(calls)) counts[name] = enough(run);
  }
});

/** Our logger and store without the module; bounded by entries only, so that the capacity is what is held. */
function ours(capacity) {
  const store = new MemoryStore({ capacity: Number(capacity), maxBytes: 2 ** 29 });
  return new LogConsoleLogger([{ append: (record) => store.append(record), reject: () => undefined }]);
}

/** Our logger as an application has it, with its level check and its defaults (10,000 entries). */
async function ofModule() {
  class App {}
  Module({ imports: [LogConsoleModule.forRoot({ forward: false })] })(App);
  const app = await NestFactory.createApplicationContext(App);
  return app.get(LogConsoleLogger);
}

function nestCalls(logger) {
  return {
    text: (count) => {
      for (let i = 0; i < count; i++) logger.log(MESSAGE);
    },
    data: (count) => {
      for (let i = 0; i < count; i++) logger.log(MESSAGE, sixKeys(i));
    },
    error: (count) => {
      for (let i = 0; i < count; i++) logger.error(MESSAGE, STACK);
    },
    fresh: (count) => {
      for (let i = 0; i < count; i++) logger.log(`Stock of AB-${i} is below its minimum`);
    },
    context: (count) => {
      for (let i = 0; i < count; i++) logger.log(MESSAGE, CONTEXT);
    },
  };
}

function pinoCalls() {
  const logger = pino(pino.destination({ dest: '/dev/null', sync: true })).child({});
  const withContext = logger.child({ context: CONTEXT });
  return {
    text: (count) => {
      for (let i = 0; i < count; i++) logger.info(MESSAGE);
    },
    data: (count) => {
      for (let i = 0; i < count; i++) logger.info(sixKeys(i), MESSAGE);
    },
    error: (count) => {
      for (let i = 0; i < count; i++) logger.error({ stack: STACK }, MESSAGE);
    },
    fresh: (count) => {
      for (let i = 0; i < count; i++) logger.info(`Stock of AB-${i} is below its minimum`);
    },
    context: (count) => {
      for (let i = 0; i < count; i++) withContext.info(MESSAGE);
    },
  };
}

/** Made anew for each call, as applications do. */
function sixKeys(i) {
  return { sku: 'AB-444', stock: i, minimum: 20, warehouse: 'north', urgent: true, supplier: 'Miller' };
}
