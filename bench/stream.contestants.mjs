import { randomBytes } from 'node:crypto';
import { Controller, Get, Logger, Module, Req, Res, Sse } from '@nestjs/common';
import { createChannel, createSession } from 'better-sse';
import { LogConsoleModule } from 'nestjs-log-console';
import { bufferTime, filter, map, share, Subject } from 'rxjs';
import { decorate } from './decorate.mjs';
import { CONTEXT, INSTANCE, plainEntry } from './entry.mjs';

export const TOKEN = randomBytes(32).toString('hex');

const STREAMS = 2000;
const BUFFER_MS = 16;

/** The ways to stream a log: each makes a module, the path of its stream, and what is called for each line. */
export const contestants = { ours, plain, buffered, bufferTimed, betterSse };

function ours() {
  class App {}
  const logConsole = LogConsoleModule.forRoot({
    forward: false,
    instance: INSTANCE,
    access: { tokens: [{ token: TOKEN, name: 'bench', role: 'viewer' }] },
    limits: { streamsPerUser: STREAMS, streamsPerProcess: STREAMS },
  });
  Module({ imports: [logConsole] })(App);
  const logger = new Logger(CONTEXT);
  return { module: App, path: '/log-console/api/stream?limit=0', log: (message) => logger.log(message) };
}

/** `@Sse`, one event per line, whose JSON is made once for all clients. */
function plain() {
  const events = new Subject();
  const log = (message) => events.next({ data: JSON.stringify(plainEntry(message)) });
  return { ...sse(() => events), log };
}

/** `@Sse`, one event per 16 ms that holds an array, as cheap as it gets: one timer and one JSON for all clients. */
function buffered() {
  const lines = new Subject();
  const events = lines.pipe(
    bufferTime(BUFFER_MS),
    filter((entries) => entries.length > 0),
    map((entries) => ({ data: JSON.stringify(entries) })),
    share(),
  );
  return { ...sse(() => events), log: (message) => lines.next(plainEntry(message)) };
}

/** The same as it is usually written: each client has its `bufferTime`, and Nest makes the JSON of its arrays. */
function bufferTimed() {
  const lines = new Subject();
  const stream = () =>
    lines.pipe(
      bufferTime(BUFFER_MS),
      filter((entries) => entries.length > 0),
      map((data) => ({ data })),
    );
  return { ...sse(stream), log: (message) => lines.next(plainEntry(message)) };
}

/** A channel of better-sse, one event per line, whose JSON is made once for all clients. */
function betterSse() {
  const channel = createChannel();
  const asItIs = (text) => text;
  class Stream {
    async stream(request, response) {
      channel.register(await createSession(request, response, { serializer: asItIs }));
    }
  }
  decorate(Stream, 'stream', Get('stream'), [Req(), Res()]);
  const log = (message) => channel.broadcast(JSON.stringify(plainEntry(message)));
  return { ...moduleOf(Stream), log };
}

function sse(stream) {
  class Stream {}
  Stream.prototype.stream = stream;
  decorate(Stream, 'stream', Sse('stream'));
  return moduleOf(Stream);
}

function moduleOf(controller) {
  class App {}
  Controller()(controller);
  Module({ controllers: [controller] })(App);
  return { module: App, path: '/stream' };
}
