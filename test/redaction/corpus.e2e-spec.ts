import { describe, expect, it } from '@jest/globals';
import { MemoryStore, Redactor } from 'nestjs-log-console';
import { HARMLESS_LINES } from './corpus/harmless-lines.js';
import { SECRETS_IN_DATA } from './corpus/secrets-in-data.js';
import { SECRETS_IN_TEXT } from './corpus/secrets-in-text.js';

const redactor = new Redactor();

/** What must not be read any more: the secret, its halves where it is long, and its words. */
function partsOf(secret: string): string[] {
  const words = secret.split(/\s+|\\n/).filter((word) => word.length >= 4);
  const half = Math.ceil(secret.length / 2);
  const halves = secret.length < 8 ? [] : [secret.slice(0, half), secret.slice(half)];
  return [secret, ...words, ...halves];
}

const isLeaked = (shown: string, secret: string) => partsOf(secret).some((part) => shown.includes(part));

/** What a reader of the store sees of a logged value. */
function storedJson(data: unknown): string {
  const store = new MemoryStore({ redactor });
  store.append({ level: 'log', message: 'logged', data });
  return JSON.stringify(store.read({ limit: 10 }).entries);
}

describe('a corpus of logs written without looking at the rules', () => {
  it('is large enough to judge by', () => {
    expect(Object.values(SECRETS_IN_TEXT).flat().length).toBeGreaterThanOrEqual(150);
    expect(SECRETS_IN_DATA.length).toBeGreaterThanOrEqual(60);
    expect(HARMLESS_LINES.length).toBeGreaterThanOrEqual(200);
  });

  it('hides at least 97 % of the secrets in texts', () => {
    const texts = Object.values(SECRETS_IN_TEXT).flat();
    const leaked = texts.flatMap(([text, secret]) => {
      const shown = redactor.text(text.replace('{s}', () => secret));
      return isLeaked(shown, secret) ? `${text} => ${shown}` : [];
    });
    expect(leaked.length / texts.length > 0.03 ? leaked : []).toEqual([]);
  });

  it('hides at least 97 % of the secrets in data', () => {
    const leaked = SECRETS_IN_DATA.flatMap(([name, secret, make]) => {
      const shown = storedJson(make(secret));
      return isLeaked(shown, secret) ? `${name} => ${shown}` : [];
    });
    expect(leaked.length / SECRETS_IN_DATA.length > 0.03 ? leaked : []).toEqual([]);
  });

  it('changes at most 0.5 % of the harmless lines', () => {
    const changed = HARMLESS_LINES.map((line) => redactor.text(line)).filter(
      (shown, index) => shown !== HARMLESS_LINES[index],
    );
    expect(changed.length / HARMLESS_LINES.length > 0.005 ? changed : []).toEqual([]);
  });

  it('leaves what is masked as it is', () => {
    const masked = Object.values(SECRETS_IN_TEXT)
      .flat()
      .map(([text, secret]) => redactor.text(text.replace('{s}', () => secret)));
    expect(masked.map((text) => redactor.text(text))).toEqual(masked);
  });
});
