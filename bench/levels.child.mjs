// The logger of an application; answers with the CPU time of one call in nanoseconds, with and without levels.
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleLogger, LogConsoleModule, LogConsoleService } from 'nestjs-log-console';
import { answer } from './children.mjs';
import { enough, measure } from './per-call.mjs';

const MESSAGE = 'Stock of AB-444 is below its minimum';
/** As many as can have a level, and as many that have none. */
const CONTEXTS = Array.from({ length: 200 }, (_, index) => `Shop${index}Service`);
const NAMES = {
  none: [],
  own: CONTEXTS.slice(0, 100),
  prefix: CONTEXTS.slice(0, 100).map((context) => `${context.slice(0, -4)}*`),
};

class App {}
Module({ imports: [LogConsoleModule.forRoot({ forward: false })] })(App);
const app = await NestFactory.createApplicationContext(App);
const logger = app.get(LogConsoleLogger);
const log = app.get(LogConsoleService);

const run = (count) => {
  for (let i = 0; i < count; i++) logger.log(MESSAGE, CONTEXTS[i % 200]);
};
let count = 0;

answer((table) => {
  if (table !== 'warm-up') return withLevels(NAMES[table], () => measure(run, count));
  for (let turn = 0; turn < 2; turn++) {
    count = enough(run);
    for (const names of Object.values(NAMES)) withLevels(names, () => measure(run, count));
  }
});

/** Levels that let all of it pass: what is measured is asking for them. */
function withLevels(names, work) {
  for (const name of names) log.setLevel(name, 'debug');
  const result = work();
  for (const name of names) log.resetLevel(name);
  return result;
}
