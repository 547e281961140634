import { type RunningApp } from '../support/app-process.js';

const LINK = /(https?:\/\/localhost:(\d+)(\/\S*?))#token=([\w-]{43})/;

/** What a person at the terminal reads: everything so far, and the parts of the link. */
export async function linkOf(app: RunningApp) {
  const text = await app.printed(LINK);
  const [, address = '', port = '', path = '', token = ''] = LINK.exec(text) ?? [];
  return { text, address, port: Number(port), path, token };
}
