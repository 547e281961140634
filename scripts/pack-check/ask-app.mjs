import { TextDecoderStream } from 'node:stream/web';
import { RunningApp } from './running-app.mjs';

/** An operator's, also in `template/src/shop.module.ts`. */
export const TOKEN = 'a-token-of-the-pack-check-with-enough-characters';

/** Starts `shop.module` and uses it as people do: sign in, the page, poll, stream, OpenAPI, stop. Throws where it is not served. */
export async function useApp(path, file = 'dist/main.js') {
  const app = new RunningApp(process.execPath, [file], { cwd: path, env: { ...process.env, PORT: '0' } });
  try {
    const [, origin] = await app.printed(/listening at (http:\S+)/);
    const base = `${origin}/log-console`;
    const ask = (url, options = {}) =>
      fetch(url, { ...options, headers: { ...options.headers, Connection: 'close' } });

    const stranger = await ask(`${base}/api/entries`);
    expect(stranger.status === 401, `a stranger is answered ${stranger.status}`);

    const session = await ask(`${base}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Log-Console': '1' },
      body: JSON.stringify({ token: TOKEN }),
    });
    const cookie = session.headers.get('set-cookie')?.split(';')[0];
    expect(session.status === 200 && cookie !== undefined, `signing in is answered ${session.status}`);
    const headers = { Cookie: cookie };

    const page = await ask(base);
    const html = await page.text();
    expect(page.headers.get('content-type') === 'text/html; charset=utf-8', 'the page is no HTML');
    const assets = [...html.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)].map(([, name]) => name);
    const types = [];
    for (const name of assets) {
      const asset = await ask(new URL(name, base));
      expect(asset.status === 200, `${name} is answered ${asset.status}`);
      expect((await asset.text()).length > 1000, `${name} is nearly empty`);
      types.push(asset.headers.get('content-type')?.split(';')[0]);
    }
    expect(types.sort().join() === 'text/css,text/javascript', `the page loads ${types.join()}`);

    const stream = await ask(`${base}/api/stream?limit=0&context=Orders`, { headers });
    const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
    await ask(`${origin}/orders`);
    await readUntil(reader, 'somebody asks for the orders');
    const { entries } = await (await ask(`${base}/api/entries?context=Orders`, { headers })).json();
    expect(entries.at(-1)?.message === 'somebody asks for the orders', 'the poll has not got the line');

    const document = await (await ask(`${origin}/docs-json`)).json();
    expect('/log-console/api/stream' in document.paths, 'the OpenAPI document does not have the stream');

    const stopped = app.stop();
    await readUntil(reader, 'event: bye');
    const end = await stopped;
    expect(end === 'SIGTERM' || end === 0, `it ended with ${end}`);
  } finally {
    await app.stop();
  }
}

function expect(isSo, otherwise) {
  if (!isSo) throw new Error(otherwise);
}

async function readUntil(reader, text) {
  for (let seen = ''; !seen.includes(text);) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The stream ended without ${text}: ${seen}`);
    seen += value;
  }
}

/** What a bare `forRoot()` gives in a terminal: a link, and behind it the boot lines. */
export async function useBareApp(path) {
  const env = { ...process.env, PORT: '0', NODE_ENV: 'development' };
  delete env.LOG_CONSOLE_TOKEN;
  // util-linux' script gives it a terminal.
  const app = new RunningApp('script', ['-qefc', `"${process.execPath}" dist/bare.js`, '/dev/null'], {
    cwd: path,
    env,
  });
  try {
    const [, origin, token] = await app.printed(/(http:\/\/localhost:\d+)\/log-console#token=([\w-]+)/);
    const answer = await fetch(`${origin}/log-console/api/entries`, {
      headers: { Authorization: `Bearer ${token}`, Connection: 'close' },
    });
    const { entries } = await answer.json();
    expect(
      entries.some(({ context }) => context === 'RoutesResolver'),
      'its boot lines are not behind the link',
    );
    expect(!JSON.stringify(entries).includes(token), 'the token is among its lines');
  } finally {
    await app.stop();
  }
}
