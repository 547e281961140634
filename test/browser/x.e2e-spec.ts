import { chromium } from 'playwright-core';
import { describeWith } from '../support/services.js';
describeWith('chromium', 'browser', (command) => {
  test('opens', async () => {
    const b = await chromium.launch({ executablePath: command, args: ['--no-sandbox', '--disable-gpu'] });
    const p = await b.newPage();
    await p.setContent('<p>hi</p>');
    expect(await p.textContent('p')).toBe('hi');
    await b.close();
  });
});
