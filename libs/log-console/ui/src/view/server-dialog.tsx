import { type JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Language } from '../texts/texts.js';
import { useTexts } from './use-console.js';

/** All that is about the server and not about its lines: a file of its own, and its texts another for each language. */
const loadServer = async (language: Language): Promise<() => JSX.Element> => {
  const texts = language === 'de' ? import('../texts/server-de.js') : import('../texts/server-en.js');
  const { withTexts } = await import('../server/server-pages.js');
  return withTexts((await texts).texts);
};

/** What the server logs, where to, who did what, and what it masks. */
export function ServerDialog(): JSX.Element | null {
  const { console, t } = useTexts();
  const [loaded, setLoaded] = useState<{ Pages: () => JSX.Element }>();
  useEffect(() => {
    loadServer(console.preferences.language.value).then(
      (Pages) => setLoaded({ Pages }),
      () => {
        console.dialog.value = undefined;
        console.notice.value = t.notLoaded;
      },
    );
  }, []);
  return loaded ? <loaded.Pages /> : null;
}
