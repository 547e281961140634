import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  describeInChromium,
  eventually,
  OPERATOR,
  VIEWER,
  type Stage,
  type Tab,
} from '../support/browser.js';
import { type Host } from '../support/host-app.js';

/** A log file of its own, and a host that lists it. */
async function hostWithFile(
  stage: Stage,
): Promise<{ host: Host; path: string; write: (...lines: string[]) => void }> {
  const directory = mkdtempSync(join(tmpdir(), 'console-files-'));
  stage.closeLater({ close: () => rmSync(directory, { recursive: true }) });
  const path = join(directory, 'scanner.log');
  const write = (...lines: string[]): void => appendFileSync(path, lines.map((line) => `${line}\n`).join(''));
  writeFileSync(path, '');
  const host = await stage.host({ options: { files: [{ id: 'scanner', name: 'Hand scanners', path }] } });
  return { host, path, write };
}

async function choose(tab: Tab, name: string): Promise<void> {
  await tab.page.getByLabel('Source').selectOption({ label: name });
}

describeInChromium('Log files', (stage) => {
  test('stand in the switcher beside the application; one is read live, and back leads to the application', async () => {
    const { host, write } = await hostWithFile(stage);
    write('scanner 1 is on', 'scanner 2 is on');
    const tab = await stage.live(host);
    await tab.row('Nest application successfully started').waitFor();

    await choose(tab, 'Hand scanners');
    await tab.row('scanner 2 is on').waitFor();
    await tab.state('Live');
    expect(new URL(tab.page.url()).search).toBe('?file=scanner');
    expect(await tab.button('Clear for everyone…').count()).toBe(0);
    await tab.shows(2);
    write('ERROR scanner 3 is broken', '    at its trigger');
    await tab.row('scanner 3 is broken').waitFor();
    expect(await tab.lines()).toHaveLength(4);

    await tab.page.goBack();
    await tab.row('Nest application successfully started').waitFor();
    const chosen = tab.page.getByLabel('Source').locator('option:checked');
    expect(await chosen.innerText()).toMatch(/^Application: /);
  });

  test('go on in the new file when they are rotated, and the page says where it begins; older ones are read back', async () => {
    const { host, path, write } = await hostWithFile(stage);
    write('first of all');
    renameSync(path, `${path}.2`);
    write('before the rotation');
    const tab = await stage.live(host);
    await choose(tab, 'Hand scanners');
    await tab.row('first of all').waitFor();

    renameSync(path, `${path}.1`);
    write('after the rotation');
    await tab.row('after the rotation').waitFor();
    await eventually(async () =>
      expect(
        (await tab.rows.allInnerTexts()).map((text) =>
          text
            .trim()
            .split(/\s{2,}|\n/)
            .at(-1),
        ),
      ).toEqual([
        expect.stringContaining('first of all'),
        expect.stringMatching(/^A new file begins here, at \d\d:\d\d:\d\d\.$/),
        expect.stringContaining('before the rotation'),
        expect.stringMatching(/^A new file begins here, at/),
        expect.stringContaining('after the rotation'),
      ]),
    );
  });

  test('that are not there, or cannot be read, are said to be, and come back by themselves', async () => {
    const { host, path, write } = await hostWithFile(stage);
    rmSync(path);
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console?file=scanner#token=${OPERATOR}`);
    await tab.state('Live');
    const banner = tab.page.getByText('This file is not there at the moment.');
    await banner.waitFor();
    write('here it is');
    await tab.row('here it is').waitFor();
    await banner.waitFor({ state: 'detached' });
  });

  test('that nobody configured are not available, and a viewer is not offered any', async () => {
    const { host } = await hostWithFile(stage);
    const tab = await stage.tab();
    await tab.goto(`${host.url}/log-console?file=../../etc/passwd#token=${OPERATOR}`);
    await tab.state('Not available');
    const viewer = await stage.tab();
    await viewer.goto(`${host.url}/log-console#token=${VIEWER}`);
    await viewer.state('Live');
    expect(await viewer.page.getByLabel('Source').locator('option').count()).toBe(1);
  });
});
