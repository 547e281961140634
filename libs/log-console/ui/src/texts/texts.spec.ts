import { de } from './de.js';
import { en } from './en.js';
import { texts as serverDe } from './server-de.js';
import { texts as serverEn } from './server-en.js';
import { texts as sharedDe } from './shared-de.js';
import { texts as sharedEn } from './shared-en.js';
import { chooseLanguage, chooseLocale, textsIn } from './texts.js';

describe('The language', () => {
  it.each([
    [['de-AT', 'en'], 'de', 'de-AT'],
    [['en-GB', 'de'], 'en', 'en-GB'],
    [['fr', 'DE-ch'], 'de', 'DE-ch'],
    [['fr', 'pl'], 'en', 'en'],
    [[], 'en', 'en'],
  ] as const)(
    'of a browser that wants %j is %s, and numbers are written as in %s',
    (wanted, language, locale) => {
      expect(chooseLanguage(wanted)).toBe(language);
      expect(chooseLocale(language, wanted)).toBe(locale);
    },
  );

  it('may be chosen against the browser: numbers are then written as that language does', async () => {
    expect(chooseLocale('de', ['en-US'])).toBe('de');
    await expect(textsIn('de')).resolves.toBe(de);
    await expect(textsIn('en')).resolves.toBe(en);
  });
});

describe('The texts', () => {
  /** Every sentence, with its place; those with numbers or names in them for one and for several. */
  function sentences(texts: unknown, place = ''): [place: string, sentence: string][] {
    if (typeof texts === 'string') return [[place, texts]];
    if (typeof texts === 'function') {
      const make = texts as (...given: unknown[]) => string;
      return [
        [`${place} (1)`, texts.length === 3 ? make('X', 1, '1') : make(1, '1', 'X')],
        [`${place} (2)`, texts.length === 3 ? make('X', 2, '2') : make(2, '2', 'X')],
      ];
    }
    return Object.entries(texts as object).flatMap(([key, value]) => sentences(value, `${place}.${key}`));
  }

  it.each([
    ['English', { ...en, serverDialog: serverEn, shared: sharedEn }],
    ['German', { ...de, serverDialog: serverDe, shared: sharedDe }],
  ])('in %s are all there, and nothing in them is left undefined', (_language, texts) => {
    const all = sentences(texts);
    expect(all.length).toBeGreaterThan(200);
    expect(
      all.filter(([, sentence]) => sentence.trim() === '' || /undefined|\[object|NaN/.test(sentence)),
    ).toEqual([]);
  });

  it('in German are not those in English', () => {
    const english = new Map(sentences({ ...en, serverDialog: serverEn, shared: sharedEn }));
    const same = sentences({ ...de, serverDialog: serverDe, shared: sharedDe }).filter(
      ([place, sentence]) => english.get(place) === sentence,
    );
    // Names, words both languages share, and what only puts given texts in order.
    expect(same.map(([place]) => place).sort()).toMatchSnapshot();
  });
});
