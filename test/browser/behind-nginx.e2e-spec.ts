import { putBehind } from '../proxies/behind-nginx.js';
import { CONFIGURATIONS, HOLDS_BACK } from '../proxies/configurations.js';
import { Counter, describeInChromium, eventually, OPERATOR, upTo } from '../support/browser.js';
import { describeWith } from '../support/services.js';

describeInChromium('The page', (stage) => {
  describeWith('nginx', 'behind nginx', (command) => {
    test.each(CONFIGURATIONS)('signs in and shows lines live, with $name', async (configured) => {
      const host = await stage.host();
      const { root } = stage.closeLater(await putBehind(command, host, configured));
      const tab = await stage.tab({ ignoreHTTPSErrors: true });
      await tab.goto(`${root}/log-console`);
      await tab.state('Signed out');
      await tab.signIn(OPERATOR);
      await tab.state('Live');

      const counter = new Counter();
      counter.log(5);
      await eventually(async () => expect(await tab.numbers()).toEqual(upTo(5)));
      const [cookie] = await tab.page.context().cookies(`${root}/log-console/api/session`);
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', secure: root.startsWith('https:') });

      await tab.page.reload();
      await tab.state('Live');
      await tab.button('Sign out').click();
      await tab.state('Signed out');
    });

    test('asks for lines where nginx is told to hold the stream back', async () => {
      const host = await stage.host();
      const { root } = stage.closeLater(await putBehind(command, host, HOLDS_BACK));
      const tab = await stage.tab();
      await tab.goto(`${root}/log-console#token=${OPERATOR}`);
      await tab.state('Live (slower mode)');
      const counter = new Counter();
      counter.log(5);
      await eventually(async () => expect(await tab.numbers()).toEqual(upTo(5)));
    });
  });
});
