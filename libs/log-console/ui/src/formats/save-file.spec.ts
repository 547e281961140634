import { jest } from '@jest/globals';
import { copyText, saveFile } from './save-file.js';

/** The little of a browser that is used here. */
class Page {
  readonly appended: { value?: string }[] = [];
  readonly clicked: { href?: string; download?: string }[] = [];
  readonly commands: string[] = [];
  obeys = true;
  dialog: { append(node: object): void } | null = null;
  readonly activeElement = { focus: jest.fn() };
  readonly body = { append: (node: object) => void this.appended.push(node) };
  readonly querySelector = () => this.dialog;

  createElement(): object {
    const { appended, clicked } = this;
    return {
      style: {},
      select: () => undefined,
      click(): void {
        clicked.push(this);
      },
      remove(): void {
        appended.splice(appended.indexOf(this), 1);
      },
    };
  }

  execCommand(command: string): boolean {
    if (!this.obeys) throw new Error('refused');
    this.commands.push(`${command} ${this.appended[0]?.value ?? ''}`);
    return true;
  }
}

let page: Page;
const given = (globals: object): void => {
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
};
const clipboard = (writeText: (text: string) => Promise<void>): object => ({ clipboard: { writeText } });

beforeEach(() => {
  page = new Page();
  given({ document: page, navigator: {}, HTMLElement: Object });
});

describe('copyText', () => {
  it('puts the text on the clipboard', async () => {
    const texts: string[] = [];
    given({ navigator: clipboard(async (text) => void texts.push(text)) });
    expect(await copyText('one line')).toBe(true);
    expect(texts).toEqual(['one line']);
    expect(page.commands).toEqual([]);
  });

  it.each([
    ['there is none, as on plain http', {}],
    ['it is refused', clipboard(() => Promise.reject(new Error('denied')))],
  ])('copies by selection where the clipboard is not allowed: %s', async (_what, navigator) => {
    given({ navigator });
    expect(await copyText('one line')).toBe(true);
    expect(page.commands).toEqual(['copy one line']);
    expect(page.appended).toEqual([]);
    expect(page.activeElement.focus).toHaveBeenCalled();
  });

  it('selects inside of an open dialog, because nothing outside can be selected', async () => {
    const inside: object[] = [];
    page.dialog = { append: (node) => void inside.push(node) };
    await copyText('x');
    expect(inside).toHaveLength(1);
  });

  it('says so when nothing works', async () => {
    page.obeys = false;
    expect(await copyText('x')).toBe(false);
    expect(page.appended).toEqual([]);
  });
});

describe('saveFile', () => {
  it('gives the browser a file, and forgets it later', async () => {
    jest.useFakeTimers();
    const made: Blob[] = [];
    const make = jest
      .spyOn(URL, 'createObjectURL')
      .mockImplementation((blob) => `blob:${made.push(blob as Blob)}`);
    const revoked = jest.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined);
    try {
      saveFile('server-log.txt', 'text/plain', 'one\ntwö');
      expect(page.clicked).toMatchObject([{ href: 'blob:1', download: 'server-log.txt' }]);
      expect([await made[0]?.text(), made[0]?.type]).toEqual(['one\ntwö', 'text/plain']);
      expect(revoked).not.toHaveBeenCalled();
      jest.runAllTimers();
      expect(revoked).toHaveBeenCalledWith('blob:1');
    } finally {
      make.mockRestore();
      revoked.mockRestore();
      jest.useRealTimers();
    }
  });
});
