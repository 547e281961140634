import { type JSX } from 'preact';
import { useTexts } from './use-console.js';

/** What can be done with the lines as a whole; on a narrow screen these stand in the menu. */
export function Actions({ inMenu = false }: { inMenu?: boolean }): JSX.Element {
  const { console, t, lines } = useTexts();
  const { list } = console.drawn.value;
  const { dialog, cleaned } = console;
  const isEmpty = list.lines.length === 0;
  const actions = [
    { text: t.report, run: () => (dialog.value = 'report') },
    ...(console.may('export') ? [{ text: t.download, run: () => (dialog.value = 'download') }] : []),
    cleaned.count.value > 0
      ? { text: t.bringBack(lines(cleaned.count.value)), run: () => cleaned.bringBack() }
      : { text: t.clean, disabled: isEmpty, run: () => cleaned.clean() },
    ...(console.may('clear')
      ? [
          {
            text: t.clear,
            disabled: !console.isLive.value || list.newest === undefined,
            run: () => (dialog.value = 'clear'),
          },
        ]
      : []),
  ];
  return (
    <div class={inMenu ? 'actions in-menu' : 'actions'}>
      {actions.map(({ text, disabled = false, run }) => (
        <button
          key={text}
          type="button"
          disabled={disabled}
          popovertarget={inMenu ? 'menu' : undefined}
          popovertargetaction="hide"
          onClick={run}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
