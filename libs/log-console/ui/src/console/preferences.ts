import { batch, computed, signal } from '@preact/signals';
import { makeNumbers } from '../formats/numbers.js';
import { makeTimes } from '../formats/times.js';
import { loadSettings, saveSettings, type Settings } from '../settings/settings.js';
import { type Texts } from '../texts/en.js';
import { chooseLanguage, chooseLocale, textsIn, type Language } from '../texts/texts.js';
import { storage } from './storage.js';

/** What the reader has chosen, and what follows from it: texts, numbers and times in their language. */
export class Preferences {
  readonly settings = signal<Settings>(loadSettings(storage()));
  /** What the page speaks: set by {@link speak}, before anything is shown. */
  readonly language = signal<Language>('en');
  readonly locale = computed(() => chooseLocale(this.language.value, navigator.languages));
  readonly texts = computed(() => this.#texts.value);
  readonly times = computed(() => makeTimes(this.locale.value));
  readonly numbers = computed(() => makeNumbers(this.locale.value));
  readonly #texts = signal({} as Texts);

  set(change: Partial<Settings>): void {
    this.settings.value = { ...this.settings.value, ...change };
    saveSettings(storage(), this.settings.value);
  }

  /** Loads the texts of the language that is wanted, and has the page speak it; until then it stays as it is. */
  async speak(): Promise<void> {
    const wanted = this.#wanted;
    const texts = await textsIn(wanted);
    if (wanted !== this.#wanted) return; // somebody has chosen again
    batch(() => {
      this.#texts.value = texts;
      this.language.value = wanted;
    });
  }

  get #wanted(): Language {
    const { language } = this.settings.value;
    return language === 'auto' ? chooseLanguage(navigator.languages) : language;
  }
}
