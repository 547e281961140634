// A Nest application whose log is full: ours, or the controller one writes in five minutes over an array.
import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Controller, Get, Logger, Module, ParseIntPipe, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogConsoleModule } from 'nestjs-log-console';
import { answer } from './children.mjs';
import { cpuNs } from './cpu.mjs';
import { decorate } from './decorate.mjs';
import { CONTEXT, INSTANCE, plainEntry } from './entry.mjs';

const ADAPTERS = { Express: () => new ExpressAdapter(), Fastify: () => new FastifyAdapter() };

const [who, adapter, held, linesPerPoll, pollsPerBurst] = process.argv.slice(2);
const capacity = Number(held);
const token = randomBytes(32).toString('hex');
const { module, path, log } = who === 'ours' ? ours() : naive();
let logged = 0;
let loggingNs = 0;

answer((question) => (question === 'listen' ? listen() : cpuNs() - loggingNs));

async function listen() {
  const app = await NestFactory.create(module, ADAPTERS[adapter](), { logger: false });
  await app.listen(0, '127.0.0.1');
  append(capacity + 1000);
  // Lines arrive while polls do; what logging them costs is taken off. In bursts, because asking for the CPU time is dear.
  let polls = 0;
  app.getHttpServer().prependListener('request', () => {
    if (++polls % Number(pollsPerBurst) > 0) return;
    const before = cpuNs();
    append(Number(linesPerPoll) * Number(pollsPerBurst));
    loggingNs += cpuNs() - before;
  });
  return { port: app.getHttpServer().address().port, path, token };
}

function append(count) {
  for (let i = 0; i < count; i++) log(`Stock of AB-${logged++} is below its minimum`);
}

function ours() {
  class App {}
  const logConsole = LogConsoleModule.forRoot({
    forward: false,
    instance: INSTANCE,
    capacity,
    maxBytes: 2 ** 29,
    access: { tokens: [{ token, name: 'bench', role: 'viewer' }] },
  });
  Module({ imports: [logConsole] })(App);
  const logger = new Logger(CONTEXT);
  return { module: App, path: '/log-console/api/entries', log: (message) => logger.log(message) };
}

function naive() {
  const entries = [];
  class App {}
  class Entries {
    find(after, limit) {
      return { entries: entries.filter((entry) => entry.id > after).slice(0, limit) };
    }
  }
  decorate(Entries, 'find', Get('entries'), [Query('after', ParseIntPipe), Query('limit', ParseIntPipe)]);
  Controller()(Entries);
  Module({ controllers: [Entries] })(App);
  const log = (message) => {
    entries.push(plainEntry(message));
    if (entries.length > capacity) entries.shift();
  };
  return { module: App, path: '/entries', log };
}
