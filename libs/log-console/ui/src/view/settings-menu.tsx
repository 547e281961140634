import { type JSX } from 'preact';
import { signOutOf } from '../console/signing.js';
import { type Settings } from '../settings/settings.js';
import { Actions } from './actions.js';
import { useTexts } from './use-console.js';

type Choice = 'theme' | 'language' | 'density' | 'times';
type Switch = 'wrap' | 'folds' | 'keys';

/** What is not needed every minute: how lines look, the language, help, signing out. */
export function SettingsMenu(): JSX.Element {
  const { console, t } = useTexts();
  const { preferences, session } = console;
  const settings = preferences.settings.value;
  const set = (change: Partial<Settings>): void => {
    const { language } = settings;
    preferences.set(change);
    console.show();
    if (change.language === undefined) return;
    preferences.speak().catch(() => {
      preferences.set({ language });
      console.notice.value = preferences.texts.value.notLoaded;
    });
  };
  const choices: [Choice, string, Record<string, string>][] = [
    ['times', t.timesLabel, t.timeKinds],
    ['density', t.density, t.densities],
    ['theme', t.theme, t.themes],
    ['language', t.language, t.languages],
  ];
  const switches: [Switch, string][] = [
    ['wrap', t.wrap],
    ['folds', t.fold],
    ['keys', t.keys],
  ];
  const user = session.value?.user;
  return (
    <>
      <button type="button" popovertarget="menu">
        {t.more}
      </button>
      <div id="menu" popover="auto" role="dialog" aria-label={t.settings}>
        {console.mayRead.value && <Actions inMenu />}
        {choices.map(([name, label, options]) => (
          <label key={name}>
            {label}
            <select value={settings[name]} onChange={(event) => set({ [name]: event.currentTarget.value })}>
              {Object.entries(options).map(([value, text]) => (
                <option value={value}>{text}</option>
              ))}
            </select>
          </label>
        ))}
        {switches.map(([name, label]) => (
          <label key={name} class="switch">
            <input
              type="checkbox"
              checked={settings[name]}
              onChange={(event) => set({ [name]: event.currentTarget.checked })}
            />
            {label}
          </label>
        ))}
        {(['server', 'help'] as const)
          .filter((name) => name === 'help' || ['read', 'audit', 'redaction'].some((can) => console.may(can)))
          .map((name) => (
            <button
              key={name}
              type="button"
              popovertarget="menu"
              popovertargetaction="hide"
              onClick={() => (console.dialog.value = name)}
            >
              {t[name]}
            </button>
          ))}
        {user && (
          <p class="user">
            <span>{t.signedInAs(user.name, t.roles[user.role] ?? user.role)}</span>
            <button type="button" onClick={() => void signOutOf(console)}>
              {t.signOut}
            </button>
          </p>
        )}
      </div>
    </>
  );
}
