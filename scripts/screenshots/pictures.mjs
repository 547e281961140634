/* global document, navigator -- of the page */
import { quietHost } from './quiet-host.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const REFUSED = { json: { statusCode: 403, message: 'Forbidden' } };

/**
 * What is in docs/images, by name: how the browser is (`as`), and what somebody does (`to`) until it looks like that. The
 * warehouse is the same for all of them, so the order counts.
 */
export const PICTURES = {
  light: {
    to: ({ visitor, warehouse }) => visitor.open(warehouse.link()),
  },
  dark: {
    as: { colorScheme: 'dark' },
    to: ({ visitor, warehouse }) => visitor.open(warehouse.link()),
  },
  mobile: {
    as: PHONE,
    to: ({ visitor, warehouse }) => visitor.open(warehouse.link()),
  },
  'mobile-menu': {
    as: PHONE,
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await visitor.press('More');
    },
  },
  german: {
    as: { locale: 'de-DE' },
    to: ({ visitor, warehouse }) => visitor.open(warehouse.link()),
  },
  'open-error': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await openError(visitor);
    },
  },
  'mobile-open-error': {
    as: PHONE,
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await openError(visitor);
    },
  },
  'search-and-filters': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link('operator', '?level=error,warn,log,debug'));
      await visitor.page.getByRole('combobox', { name: 'Part' }).selectOption('PickingService');
      await visitor.search('pick list');
    },
  },
  report: {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await visitor.press('Copy a report for support');
    },
  },
  clear: {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await visitor.press('Clear for everyone…');
    },
  },
  download: {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await visitor.press('Download');
    },
  },
  menu: {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await visitor.press('More');
    },
  },
  help: {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await visitor.page.keyboard.press('?');
    },
  },
  levels: {
    async to({ visitor, warehouse }) {
      await warehouse.setLevel('admin', 'StockService', { level: 'warn', reason: 'counting day' });
      await visitor.open(warehouse.link('admin'));
      await openServer(visitor, 'What is logged');
      await visitor.reads('counting day');
    },
  },
  destinations: {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link('admin'));
      await openServer(visitor, 'Where it goes');
      await visitor.reads('file');
    },
  },
  audit: {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link('admin'));
      await openServer(visitor, 'Who did what');
      await visitor.reads('counting day');
    },
  },
  operation: {
    async to({ visitor, warehouse }) {
      const id = await warehouse.importCatalogue({ seconds: 20 });
      await visitor.open(warehouse.link('operator', `?op=${id}`));
      await visitor.reads('Page 3 of');
    },
  },
  'sign-in': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.console, 'Signed out');
      await visitor.page.getByLabel('Token').fill('not the right one');
      await visitor.press('Sign in');
      await visitor.reads('Not signed in');
    },
  },
  'viewer-compact': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link('viewer'));
      await visitor.press('More');
      await visitor.page.getByRole('combobox', { name: 'Rows' }).selectOption('compact');
      await visitor.press('More');
    },
  },
  'state-connecting': {
    async to({ visitor, warehouse }) {
      await visitor.answer('**', () => undefined);
      await visitor.open(warehouse.console, 'Connecting…');
    },
  },
  'state-connecting-still': {
    async to({ visitor, warehouse }) {
      await visitor.page.clock.install();
      await visitor.answer('**', () => undefined);
      await visitor.open(warehouse.console, 'Connecting…');
      await visitor.page.clock.runFor(12_000);
      await visitor.reads('Still trying');
    },
  },
  'state-scrolled-up': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await visitor.scrollUp(300);
      for (let gate = 1; gate <= 4; gate++)
        await warehouse.log({ level: 'log', context: 'Gates', message: `Gate ${gate} opened` });
      await visitor.reads(/↓ .* new lines/);
    },
  },
  'state-resting': {
    async to({ visitor, warehouse }) {
      await visitor.page.clock.install();
      await visitor.open(warehouse.link());
      await visitor.rest();
      await visitor.reads('Resting');
    },
  },
  'state-since-you-looked': {
    async to({ visitor, warehouse }) {
      await visitor.page.clock.install();
      await visitor.open(warehouse.link());
      await visitor.rest();
      await visitor.reads('Resting');
      for (const message of ['Conveyor line 1 stands still', 'Conveyor line 1 does not start again'])
        await warehouse.log({ level: 'error', context: 'Conveyor', message });
      await visitor.wake();
      await visitor.reads('Since you last looked');
    },
  },
  'state-slower': {
    async to({ visitor, warehouse }) {
      await visitor.answer('stream**', { contentType: 'text/html', body: '<p>Only whole pages pass here.' });
      await visitor.open(warehouse.link(), 'Live (slower mode)');
    },
  },
  'state-degraded': {
    async to({ visitor, warehouse }) {
      await visitor.answer('stream**', { status: 502, contentType: 'text/html', body: '' });
      await visitor.answer('entries**', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...(await answer.json()), degraded: true } });
      });
      await visitor.open(warehouse.link(), 'The shared log is away');
    },
  },
  'state-page-updated': {
    async to({ visitor, warehouse }) {
      await visitor.page.route(warehouse.console, async (route) => {
        const answer = await route.fetch();
        const body = (await answer.text()).replace(/(name="ui-version" content=")[^"]*/, '$1older');
        await route.fulfill({ response: answer, body });
      });
      await visitor.open(warehouse.link(), 'This page was updated.');
    },
  },
  'state-no-access': {
    async to({ visitor, warehouse }) {
      await visitor.answer('**', { status: 403, ...REFUSED });
      await visitor.open(warehouse.console, 'No access');
    },
  },
  'state-signed-out': {
    async to({ visitor, warehouse }) {
      await visitor.page.clock.install();
      await visitor.open(warehouse.link());
      await visitor.rest();
      await visitor.answer('**', { status: 401, ...REFUSED });
      await visitor.wake();
      await visitor.reads('Signed out');
    },
  },
  'state-nothing-matches': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link('operator', '?level=error'));
      await visitor.search('aisle 17');
      await visitor.reads('No line matches');
    },
  },
  'state-empty': {
    async to({ visitor }) {
      const host = await quietHost();
      await visitor.open(host.link, 'No lines yet.');
      return () => host.close();
    },
  },
  'state-cleaned': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await visitor.press('Clean my view');
      await visitor.button(/^Bring back/).waitFor();
    },
  },
  'state-copy-blocked': {
    async to({ visitor, warehouse }) {
      await visitor.page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'));
        document.execCommand = () => false;
      });
      await visitor.open(warehouse.link());
      await visitor.press('Copy a report for support');
      await visitor.page.getByRole('button', { name: 'Copy', exact: true }).click();
      await visitor.reads('Copying is blocked');
    },
  },
  'state-paused': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await visitor.press('Pause');
      await warehouse.burst(1500);
      await visitor.reads(/1,5\d\d lines are waiting/);
    },
  },
  'state-cleared': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      await warehouse.clear('admin');
      await visitor.reads('admin cleared the list');
      await warehouse.live(0.1);
    },
  },
  'state-gap': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link('operator', '?level=fatal,error,warn'));
      await warehouse.burst(30_000);
      await visitor.reads('lines are missing here');
      await warehouse.live(1.5);
    },
  },
  'state-full': {
    async to({ visitor, warehouse }) {
      await visitor.open(warehouse.link());
      for (let burst = 0; burst < 3; burst++) {
        await warehouse.burst(8000);
        await visitor.reads(new RegExp(`lines shown of (1|2)`));
      }
      await visitor.reads('Older ones were removed from this page.');
    },
  },
  'state-connection-lost': {
    async to({ visitor, warehouse }) {
      await warehouse.live(12);
      await visitor.open(warehouse.link());
      await warehouse.stop();
      await visitor.reads('Connection lost');
    },
  },
  'state-restarted': {
    async to({ visitor, warehouse }) {
      await warehouse.start();
      await warehouse.live(3);
      await visitor.open(warehouse.link('operator', '?level=fatal,error,warn'));
      await warehouse.stop();
      await visitor.reads('Connection lost');
      await warehouse.start();
      await visitor.reads('The server restarted at');
      await warehouse.live(2);
    },
  },
};

async function openServer(visitor, tab) {
  await visitor.press('More');
  await visitor.press('Server and logging…');
  await visitor.page.getByRole('tab', { name: tab }).click();
}

/** By the keyboard, from problem to problem backwards to one that has a stack. */
async function openError(visitor) {
  const { keyboard } = visitor.page;
  const focused = visitor.page.locator('li:focus');
  await visitor.settles();
  do {
    await keyboard.press('Shift+E');
    await focused.waitFor();
  } while (!(await focused.innerText()).includes('could not be confirmed'));
  await keyboard.press('Enter');
  await visitor.reads('Where it happened');
}
