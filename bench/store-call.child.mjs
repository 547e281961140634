// What a log call costs with a shared store: nothing but the call is counted.
import 'reflect-metadata';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleModule } from 'nestjs-log-console';
import { RedisStore } from 'nestjs-log-console/redis';
import { answer } from './children.mjs';
import { cpuNs } from './cpu.mjs';
import { CONTEXT } from './entry.mjs';

const CALLS = 500;

const [url] = process.argv.slice(2);
class App {}
const store = url === 'none' ? {} : { store: new RedisStore({ url }) };
Module({ imports: [LogConsoleModule.forRoot({ forward: false, ...store })] })(App);
await NestFactory.createApplicationContext(App);
const logger = new Logger(CONTEXT);

answer(async (bursts) => {
  let ns = 0;
  for (let burst = 0; burst < bursts; burst++) {
    const before = cpuNs();
    for (let call = 0; call < CALLS; call++) logger.log('Stock of AB-444 is below its minimum');
    ns += cpuNs() - before;
    // The lines are sent between the bursts.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return ns / (bursts * CALLS);
});
