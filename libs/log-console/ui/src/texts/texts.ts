import { type Texts } from './en.js';

/** Each is a file of its own, which only its readers load. */
const LANGUAGES = {
  en: async (): Promise<Texts> => (await import('./en.js')).en,
  de: async (): Promise<Texts> => (await import('./de.js')).de,
};
export type Language = keyof typeof LANGUAGES;

/** The first of the reader's languages that the console speaks; English where it speaks none. */
export function chooseLanguage(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES);
  return (known as Language | undefined) ?? 'en';
}

/** The reader's own way to write dates and numbers in this language: `de-AT`, `en-GB`; else the language itself. */
export function chooseLocale(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
}

/** Loads the texts of a language; rejects where its file does not come. */
export function textsIn(language: Language): Promise<Texts> {
  return LANGUAGES[language]();
}
