import { effect } from '@preact/signals';
import { render } from 'preact';
import { Console } from './console/console.js';
import { listenToKeys } from './console/keyboard.js';
import { goToLinked } from './console/line-actions.js';
import { Preferences } from './console/preferences.js';
import { signInTo } from './console/signing.js';
import { Api } from './reading/api.js';
import { keptBearer } from './reading/kept-bearer.js';
import { takeTokenFromAddress } from './reading/sign-in.js';
import { App } from './view/app.js';
import './styles/console.css';
import './styles/narrow.css'; // the last, so that it can change what the others say

// Before anything else, so that a token in the link does not stay in the address bar or the history.
const linkToken = takeTokenFromAddress(location, history);
// Beside the folder this script came from: `B/api/` for `B/assets/console-….js`.
const base = new URL(/* @vite-ignore */ '../', import.meta.url);
const api = new Api(base, { bearer: keptBearer(base) });
const console = new Console(api, new Preferences(), {
  uiVersion: contentOf('ui-version'),
  signInUrl: contentOf('sign-in-url'),
});

effect(() => {
  const { theme, density, wrap } = console.preferences.settings.value;
  Object.assign(document.documentElement.dataset, { theme, density, wrap: String(wrap) });
  document.documentElement.lang = console.preferences.language.value;
});
effect(() => {
  const { title, problems } = console.preferences.texts.value;
  const unseen = console.lastLooked.unseen.value;
  const count = console.preferences.numbers.value.count(unseen);
  document.title = unseen === 0 ? title : `(${problems(unseen, count)}) ${title}`;
});
setInterval(() => (console.tick.value = console.now()), 1000);
document.addEventListener('visibilitychange', () => {
  console.lastLooked.hidden(document.hidden);
  console.connection.hidden(document.hidden);
});
addEventListener('pagehide', () => console.lastLooked.hidden(true));
// A link with a token, or of a line, opened in this tab.
addEventListener('hashchange', () =>
  location.hash.startsWith('#token=') ? location.reload() : void goToLinked(console),
);
listenToKeys(console);
render(<App console={console} />, document.body);
void start();

async function start(): Promise<void> {
  if (linkToken !== undefined) console.linkProblem = await signInTo(console, linkToken);
  console.connection.hidden(document.hidden);
  console.connection.start();
}

function contentOf(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}
