import { de } from './de.js';
import { en, type Texts } from './en.js';

const LANGUAGES = { en, de };
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

export function textsIn(language: Language): Texts {
  return LANGUAGES[language];
}
