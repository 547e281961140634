import { describeInChromium, eventually, OPERATOR } from '../support/browser.js';
import { put, quietHost } from './own-lines.js';

const MINUTE = 60_000;

describeInChromium('The picture of the last minutes', (stage) => {
  test('says how many lines and problems there were when, and goes there at a click or with the keys', async () => {
    const host = await quietHost(stage);
    const now = Date.now();
    const at = (minutes: number): string => new Date(now - minutes * MINUTE).toISOString();
    for (let n = 0; n < 300; n++) put(host, { message: `early ${n}`, time: at(12) });
    put(host, { message: 'it begins', time: at(6), level: 'error' });
    for (let n = 0; n < 299; n++)
      put(host, { message: `middle ${n}`, time: at(6), level: n < 2 ? 'fatal' : 'log' });
    for (let n = 0; n < 400; n++) put(host, { message: `late ${n}`, time: at(0.5) });
    const tab = await stage.tab();
    await tab.page.clock.setFixedTime(now); // the bars move on with the time
    await tab.goto(`${host.url}/log-console#token=${OPERATOR}`);
    await tab.shows(1000);
    const slider = tab.page.getByRole('slider', { name: 'The last minutes' });
    const said = new Set<string>();
    await slider.focus();
    await tab.page.keyboard.press('Home');
    const words = (): Promise<string> => slider.getAttribute('aria-valuetext').then(String);
    await eventually(async () => expect(await words()).toMatch(/^\d\d:\d\d:\d\d: 0 lines, 0 problems$/));
    for (let bar = 1; bar < 60; bar++) {
      await tab.page.keyboard.press('ArrowRight');
      await eventually(async () => expect(await slider.inputValue()).toBe(String(bar)));
      said.add((await words()).replace(/^\d\d:\d\d:\d\d: /, ''));
    }
    expect([...said].sort()).toEqual([
      '0 lines, 0 problems',
      '300 lines, 0 problems',
      '300 lines, 3 problems',
      '400 lines, 0 problems',
    ]);

    await tab.row(/late 0$/).waitFor();
    while (!(await words()).includes('3 problems')) await tab.page.keyboard.press('ArrowLeft');
    await tab.row('it begins').waitFor();
    expect(await slider.evaluate((node) => node === document.activeElement)).toBe(true);

    const box = (await slider.boundingBox())!;
    const bars = await tab.page.locator('.picture .all').evaluate((path) => path.getAttribute('d')!);
    const columns = [...bars.matchAll(/M([\d.]+) 28/g)].map(([, x]) => Number(x) + 0.4);
    expect(columns).toHaveLength(3);
    for (const [index, text] of ['early 0', 'it begins', 'late 0'].entries()) {
      await tab.page.mouse.click(box.x + (columns[index] / 60) * box.width, box.y + 10);
      await tab.row(new RegExp(`${text}$`)).waitFor();
    }
    await tab.page.mouse.move(box.x + (columns[1] / 60) * box.width, box.y + 5);
    await eventually(async () =>
      expect(await slider.getAttribute('title')).toMatch(/: 300 lines, 3 problems$/),
    );
  });
});
