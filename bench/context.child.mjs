// The logger of an application on Express; answers with the CPU time of one call in nanoseconds, at some place in it.
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleLogger, LogConsoleModule, LogConsoleService } from 'nestjs-log-console';
import { get } from 'node:http';
import { answer } from './children.mjs';
import { decorate } from './decorate.mjs';
import { enough, measure } from './per-call.mjs';

const MESSAGE = 'Stock of AB-444 is below its minimum';

/** What the route does; its answer. */
let inRequest = () => undefined;
class BenchController {
  run() {
    return { answer: inRequest() };
  }
}
Controller('run')(BenchController);
decorate(BenchController, 'run', Get());
class App {}
Module({ imports: [LogConsoleModule.forRoot({ forward: false })], controllers: [BenchController] })(App);
const app = await NestFactory.create(App);
await app.listen(0, '127.0.0.1');
const logger = app.get(LogConsoleLogger);
const log = app.get(LogConsoleService);
const url = `http://127.0.0.1:${app.getHttpServer().address().port}/run`;

const calls = {
  text: (count) => {
    for (let i = 0; i < count; i++) logger.log(MESSAGE);
  },
  data: (count) => {
    for (let i = 0; i < count; i++) logger.log(MESSAGE, sixKeys(i));
  },
};
const places = {
  outside: (run) => run(),
  values: (run) => log.context({ requestId: 'r-1' }, run),
  request: async (run) => {
    inRequest = run;
    const response = await new Promise((resolve) => get(url, { agent: false }, resolve));
    let text = '';
    for await (const chunk of response) text += chunk;
    return JSON.parse(text).answer;
  },
};
const counts = {};

answer(async ([place, call]) => {
  if (place !== 'warm-up') return places[place](() => measure(calls[call], counts[call]));
  for (let turn = 0; turn < 2; turn++) {
    for (const [name, run] of Object.entries(calls)) {
      counts[name] = enough(run);
      for (const at of Object.values(places)) await at(() => measure(run, counts[name]));
    }
  }
});

/** Made anew for each call, as applications do. */
function sixKeys(i) {
  return { sku: 'AB-444', stock: i, minimum: 20, warehouse: 'north', urgent: true, supplier: 'Miller' };
}
