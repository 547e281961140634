import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LogConsoleModule, LogConsoleService } from 'nestjs-log-console';

export const TOKEN = randomBytes(32).toString('hex');

/** A module whose only logs are files. */
export function filesModule(files, options = {}) {
  class App {}
  const access = { tokens: [{ token: TOKEN, name: 'bench', role: 'operator' }] };
  Module({ imports: [LogConsoleModule.forRoot({ forward: false, access, files, ...options })] })(App);
  return App;
}

/** What an application injects to read its files without HTTP. */
export async function filesService(files, options) {
  const app = await NestFactory.createApplicationContext(filesModule(files, options), { logger: false });
  return app.get(LogConsoleService);
}
