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

const TRY_AGAIN_MS = 3000;

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
// At once, also where the texts do not come: the token of a link is in no address any more.
const signedIn = linkToken === undefined ? undefined : signInTo(console, linkToken);
void console.preferences.speak().then(show, tryAgain);

async function show(): Promise<void> {
  effect(() => {
    const { title, problems } = console.preferences.texts.value;
    const unseen = console.lastLooked.unseen.value;
    const count = console.preferences.numbers.value.count(unseen);
    const name = console.operations.current.value?.name;
    document.title =
      (unseen === 0 ? '' : `(${problems(unseen, count)}) `) +
      (name === undefined ? '' : `${name} – `) +
      title;
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
  console.linkProblem = await signedIn;
  console.connection.hidden(document.hidden);
  console.connection.start();
}

/** The texts did not come: says so in the one sentence that is always here, and loads the page anew. */
async function tryAgain(): Promise<void> {
  document.body.textContent = 'This page did not load completely. Trying again…';
  await signedIn;
  setTimeout(() => location.reload(), TRY_AGAIN_MS);
}

function contentOf(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';
}
