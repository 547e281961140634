/** How somebody wants to see the page; kept in the browser. */
export interface Settings {
  readonly theme: 'auto' | 'light' | 'dark';
  readonly language: 'auto' | 'en' | 'de';
  readonly density: 'comfortable' | 'compact';
  /** Long lines go on in the next one. */
  readonly wrap: boolean;
  /** The time of day, how long ago, or the time since the line before. */
  readonly times: 'clock' | 'ago' | 'step';
  /** Identical lines that follow each other are one row. */
  readonly folds: boolean;
  /** Single keys do something (WCAG 2.1.4 wants that to be switched off). */
  readonly keys: boolean;
}

const KEY = 'log-console';

/** What each setting may be; the default first. */
const CHOICES: { readonly [Name in keyof Settings]: readonly Settings[Name][] } = {
  theme: ['auto', 'light', 'dark'],
  language: ['auto', 'en', 'de'],
  density: ['comfortable', 'compact'],
  wrap: [true, false],
  times: ['clock', 'ago', 'step'],
  folds: [true, false],
  keys: [true, false],
};

/** What was saved; the default of whatever is not there, or is no setting. A storage may be forbidden. */
export function loadSettings(storage: Storage | undefined): Settings {
  const saved = read(storage);
  const entries = Object.entries(CHOICES).map(([name, choices]: [string, readonly unknown[]]) => {
    const value = saved[name];
    return [name, choices.includes(value) ? value : choices[0]];
  });
  return Object.fromEntries(entries) as Settings;
}

/** Saves settings; whether that was possible. */
export function saveSettings(storage: Storage | undefined, settings: Settings): boolean {
  try {
    storage?.setItem(KEY, JSON.stringify(settings));
    return storage !== undefined;
  } catch {
    return false;
  }
}

function read(storage: Storage | undefined): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(storage?.getItem(KEY) ?? '{}') ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
