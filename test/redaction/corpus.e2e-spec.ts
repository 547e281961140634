import { describe, expect, it } from '@jest/globals';
import { MemoryStore, Redactor } from 'nestjs-log-console';
import { HARMLESS_LINES } from './corpus/harmless-lines.js';
import { SECOND_DATA } from './corpus/second-data.js';
import { SECOND_HARMLESS } from './corpus/second-harmless.js';
import { SECOND_TEXTS } from './corpus/second-texts.js';
import { SECRETS_IN_DATA } from './corpus/secrets-in-data.js';
import { SECRETS_IN_TEXT } from './corpus/secrets-in-text.js';

/** A corpus, and the shares of it that may be missed or changed. */
const CORPORA = [
  {
    name: 'a first corpus',
    texts: Object.values(SECRETS_IN_TEXT)
      .flat()
      .map(([text, secret]) => ({ logged: text.replace('{s}', () => secret), gone: [secret] })),
    data: SECRETS_IN_DATA.map(([, secret, make]) => ({ logged: make(secret), gone: [secret] })),
    harmless: HARMLESS_LINES,
    least: { texts: 150, data: 60, harmless: 200 },
    missed: { texts: 0.03, data: 0.03 },
    changed: 0.005,
  },
  {
    name: 'a second corpus',
    texts: SECOND_TEXTS.map(([logged, ...gone]) => ({ logged, gone })),
    data: SECOND_DATA.map(([logged, ...gone]) => ({ logged, gone })),
    harmless: SECOND_HARMLESS,
    least: { texts: 120, data: 50, harmless: 200 },
    missed: { texts: 0.1, data: 0.1 },
    changed: 0.01,
  },
];

const redactor = new Redactor();

/** What must not be read any more: the secret, its halves where it is long, and its words. */
function partsOf(secret: string): string[] {
  const words = secret.split(/\s+|\\n/).filter((word) => word.length >= 4);
  const half = Math.ceil(secret.length / 2);
  const halves = secret.length < 8 ? [] : [secret.slice(0, half), secret.slice(half)];
  return [secret, ...words, ...halves];
}

const isLeaked = (shown: string, gone: readonly string[]) =>
  gone.flatMap(partsOf).some((part) => shown.includes(part));

/** What a reader of the store sees of a logged value, without the id and the time, whose digits may look like a PIN. */
function storedJson(data: unknown): string {
  const store = new MemoryStore({ redactor });
  store.append({ level: 'log', message: 'logged', data });
  return JSON.stringify(store.read({ limit: 10 }).entries.map((entry) => entry.data));
}

describe.each(CORPORA)(
  '$name of logs written without looking at the rules',
  ({ texts, data, harmless, least, missed, changed }) => {
    it('is large enough to judge by', () => {
      expect(texts.length).toBeGreaterThanOrEqual(least.texts);
      expect(data.length).toBeGreaterThanOrEqual(least.data);
      expect(harmless.length).toBeGreaterThanOrEqual(least.harmless);
    });

    it(`misses at most ${missed.texts * 100} % of the secrets in texts`, () => {
      const leaked = texts
        .map(({ logged, gone }) => ({ logged, gone, shown: redactor.text(logged) }))
        .filter(({ shown, gone }) => isLeaked(shown, gone));
      expect(leaked.length / texts.length > missed.texts ? leaked : []).toEqual([]);
    });

    it(`misses at most ${missed.data * 100} % of the secrets in data`, () => {
      const leaked = data
        .map(({ logged, gone }) => ({ gone, shown: storedJson(logged) }))
        .filter(({ shown, gone }) => isLeaked(shown, gone));
      expect(leaked.length / data.length > missed.data ? leaked : []).toEqual([]);
    });

    it(`changes at most ${changed * 100} % of the harmless lines`, () => {
      const damaged = harmless
        .map((line) => redactor.text(line))
        .filter((shown, index) => shown !== harmless[index]);
      expect(damaged.length / harmless.length > changed ? damaged : []).toEqual([]);
    });

    it('leaves what is masked as it is', () => {
      const masked = texts.map(({ logged }) => redactor.text(logged));
      expect(masked.map((text) => redactor.text(text))).toEqual(masked);
    });
  },
);
