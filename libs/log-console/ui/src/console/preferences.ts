import { computed, signal } from '@preact/signals';
import { makeNumbers } from '../formats/numbers.js';
import { makeTimes } from '../formats/times.js';
import { loadSettings, saveSettings, type Settings } from '../settings/settings.js';
import { chooseLanguage, chooseLocale, textsIn } from '../texts/texts.js';
import { storage } from './storage.js';

/** What the reader has chosen, and what follows from it: texts, numbers and times in their language. */
export class Preferences {
  readonly settings = signal<Settings>(loadSettings(storage()));
  readonly language = computed(() => {
    const { language } = this.settings.value;
    return language === 'auto' ? chooseLanguage(navigator.languages) : language;
  });
  readonly locale = computed(() => chooseLocale(this.language.value, navigator.languages));
  readonly texts = computed(() => textsIn(this.language.value));
  readonly times = computed(() => makeTimes(this.locale.value));
  readonly numbers = computed(() => makeNumbers(this.locale.value));

  set(change: Partial<Settings>): void {
    this.settings.value = { ...this.settings.value, ...change };
    saveSettings(storage(), this.settings.value);
  }
}
