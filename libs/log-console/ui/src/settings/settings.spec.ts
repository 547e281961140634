import { loadSettings, saveSettings, type Settings } from './settings.js';

const DEFAULTS: Settings = {
  theme: 'auto',
  language: 'auto',
  density: 'comfortable',
  wrap: true,
  times: 'clock',
  folds: true,
  keys: true,
};
const OTHERS: Settings = {
  theme: 'dark',
  language: 'de',
  density: 'compact',
  wrap: false,
  times: 'step',
  folds: false,
  keys: false,
};

/** A storage that holds one text, under the key of the page. */
function storageWith(text: string | null): Storage {
  let held = text;
  const storage = {
    getItem: (key: string) => (key === 'log-console' ? held : null),
    setItem: (key: string, value: string) => {
      if (key === 'log-console') held = value;
    },
  };
  return storage as Storage;
}

const forbidden = {
  getItem: () => {
    throw new Error('SecurityError');
  },
  setItem: () => {
    throw new Error('QuotaExceededError');
  },
} as unknown as Storage;

describe('settings', () => {
  it('come back as they were saved', () => {
    const storage = storageWith(null);
    expect(saveSettings(storage, OTHERS)).toBe(true);
    expect(loadSettings(storage)).toEqual(OTHERS);
  });

  it.each([
    ['nothing was saved', storageWith(null)],
    ['there is no storage', undefined],
    ['the storage is forbidden', forbidden],
    ['what was saved is no JSON', storageWith('{"theme":')],
    ['it is null', storageWith('null')],
    ['it is a number', storageWith('7')],
    ['it is a text', storageWith('"dark"')],
    ['it holds values of another kind', storageWith('{"theme":"pink","wrap":"no","times":{},"folds":0}')],
    ['it brings a prototype', storageWith('{"__proto__":{"theme":"dark"}}')],
  ])('are the defaults when %s', (_, storage) => {
    expect(loadSettings(storage)).toEqual(DEFAULTS);
  });

  it('keep what is right beside what is not', () => {
    expect(loadSettings(storageWith('{"theme":"dark","language":"fr","wrap":false,"more":1}'))).toEqual({
      ...DEFAULTS,
      theme: 'dark',
      wrap: false,
    });
  });

  it.each([
    ['there is no storage', undefined],
    ['it is full', forbidden],
  ])('that cannot be saved because %s say so', (_, storage) => {
    expect(saveSettings(storage, OTHERS)).toBe(false);
  });
});
