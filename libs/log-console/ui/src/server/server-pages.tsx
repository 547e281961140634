import { type JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type ServerTexts } from '../texts/server-en.js';
import { Dialog } from '../view/dialog.js';
import { AuditPage } from './audit-page.js';
import { DestinationsPage } from './destinations-page.js';
import { InstancesPage } from './instances-page.js';
import { LevelsPage } from './levels-page.js';
import { RedactionPage } from './redaction-page.js';
import css from './server.css?inline';
import { ServerContext, useServer } from './use-server.js';

/** Each with the right to see it. */
const PAGES = [
  { name: 'levels', right: 'read', Page: LevelsPage },
  { name: 'destinations', right: 'read', Page: DestinationsPage },
  { name: 'instances', right: 'read', Page: InstancesPage },
  { name: 'audit', right: 'audit', Page: AuditPage },
  { name: 'redaction', right: 'redaction', Page: RedactionPage },
] as const;
type PageName = (typeof PAGES)[number]['name'];

/** Where the keys lead from a tab, of all there are. */
const KEYS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowLeft: (at, count) => (at + count - 1) % count,
  ArrowRight: (at, count) => (at + 1) % count,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

// Not a file beside this one: nothing waits for those.
const style = new CSSStyleSheet();
style.replaceSync(css);
document.adoptedStyleSheets.push(style);

/** The pages in a language. */
export function withTexts(texts: ServerTexts): () => JSX.Element {
  return () => (
    <ServerContext.Provider value={texts}>
      <ServerPages />
    </ServerContext.Provider>
  );
}

function ServerPages(): JSX.Element {
  const { console, s } = useServer();
  const pages = PAGES.filter(({ right }) => console.may(right));
  const [open, setOpen] = useState<PageName | undefined>(pages[0]?.name);
  const tabs = useRef<HTMLDivElement>(null);
  const focusTab = (): void => tabs.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  useLayoutEffect(() => {
    if (!console.levelWanted) focusTab();
  }, []);
  useLayoutEffect(() => {
    if (tabs.current?.contains(document.activeElement)) focusTab();
  }, [open]);
  const onKey = (event: KeyboardEvent): void => {
    const to = KEYS[event.key];
    if (!to) return;
    event.preventDefault();
    const at = pages.findIndex(({ name }) => name === open);
    setOpen(pages[to(at, pages.length)]?.name);
  };
  return (
    <Dialog title={s.title}>
      <div class="server">
        <div ref={tabs} role="tablist" aria-label={s.title} onKeyDown={onKey}>
          {pages.map(({ name }) => (
            <button
              key={name}
              id={`tab-${name}`}
              type="button"
              role="tab"
              aria-selected={name === open}
              aria-controls={name === open ? 'server-page' : undefined}
              tabIndex={name === open ? 0 : -1}
              onClick={() => setOpen(name)}
            >
              {s.tabs[name]}
            </button>
          ))}
        </div>
        {pages.map(
          ({ name, Page }) =>
            name === open && (
              <div key={name} id="server-page" role="tabpanel" aria-labelledby={`tab-${name}`} tabIndex={0}>
                <Page />
              </div>
            ),
        )}
      </div>
    </Dialog>
  );
}
