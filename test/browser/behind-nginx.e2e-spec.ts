import { putBehind } from '../proxies/behind-nginx.js';
import { CONFIGURATIONS, HOLDS_BACK, configuration } from '../proxies/configurations.js';
import {
  Counter,
  describeInChromium,
  eventually,
  OPERATOR,
  shownOf,
  streamsOf,
  upTo,
} from '../support/browser.js';
import { describeWith } from '../support/services.js';

describeInChromium('The page', (stage) => {
  describeWith('nginx', 'behind nginx', (command) => {
    test.each(CONFIGURATIONS)(
      'signs in and shows a line within half a second, with $name',
      async (configured) => {
        const host = await stage.host();
        const { root } = stage.closeLater(await putBehind(command, host, configured));
        const tab = await stage.tab({ ignoreHTTPSErrors: true });
        await tab.goto(`${root}/log-console`);
        await tab.state('Signed out');
        await tab.signIn(OPERATOR);
        await tab.state('Live');

        const counter = new Counter();
        const took: number[] = [];
        for (let line = 1; line <= 3; line++) {
          const logged = performance.now();
          counter.log(1);
          await tab.row(`line ${line}`).waitFor();
          took.push(performance.now() - logged);
        }
        expect(Math.min(...took)).toBeLessThan(500);
        await tab.shows(await shownOf(host));
        expect(await tab.numbers()).toEqual(upTo(3));
        const [cookie] = await tab.page.context().cookies(`${root}/log-console/api/session`);
        expect(cookie).toMatchObject({
          httpOnly: true,
          sameSite: 'Strict',
          secure: root.startsWith('https:'),
        });

        await tab.page.reload();
        await tab.state('Live');
        expect(tab.requested.filter((url) => url.includes('/entries?after='))).toEqual([]);
        await tab.button('More').click();
        await tab.button('Sign out').click();
        await tab.state('Signed out');
      },
    );

    test('asks for lines where nginx is told to hold the stream back', async () => {
      const host = await stage.host();
      const { root } = stage.closeLater(await putBehind(command, host, HOLDS_BACK));
      const tab = await stage.tab();
      await tab.goto(`${root}/log-console#token=${OPERATOR}`);
      const opened = performance.now();
      await tab.state('Live (slower mode)');
      expect(performance.now() - opened).toBeLessThan(6000);
      new Counter().log(5);
      await tab.row('line 5').waitFor();
      await tab.shows(await shownOf(host));
      expect(await tab.numbers()).toEqual(upTo(5));
    });
  });
});

describeInChromium(
  'The page, with nothing to show for 30 s',
  (stage) => {
    describeWith('nginx', 'behind nginx', (command) => {
      test('never says anything but Live', async () => {
        const host = await stage.host();
        const { root } = stage.closeLater(await putBehind(command, host, configuration('proxy_pass only')));
        const tab = await stage.tab();
        const states = await tab.states();
        await stage.open(tab, { url: root });
        const asked = tab.requested.length;
        // Two pings after the last of the early ones, and the time the page would wait for a third.
        await new Promise((resolve) => setTimeout(resolve, 30_000));
        expect(states()).toEqual(['Connecting…', 'Live']);
        expect(tab.requested.slice(asked).filter((url) => url.includes('after='))).toEqual([]);
        expect(await streamsOf(host)).toBe(1);
        new Counter().log(1);
        await tab.row('line 1').waitFor();
        await eventually(() => expect(states().at(-1)).toBe('Live'));
      }, 60_000);
    });
  },
  { adapters: ['fastify'] },
);
