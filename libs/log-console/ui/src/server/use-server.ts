import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type ServerTexts } from '../texts/server-en.js';
import { useTexts } from '../view/use-console.js';

export const ServerContext = createContext({} as ServerTexts);

/** What nearly every one of these pages needs: that of the console, and texts of their own. */
export function useServer(): ReturnType<typeof useTexts> & {
  readonly s: ServerTexts;
  /** A time, with its day where that is not today. */
  readonly moment: (text: string | undefined) => string;
} {
  const texts = useTexts();
  const { preferences, tick } = texts.console;
  const times = preferences.times.value;
  return {
    ...texts,
    s: useContext(ServerContext),
    moment: (text) => {
      const at = Date.parse(text ?? '');
      const isToday = times.day(at) === times.day(tick.peek());
      return isToday ? times.clockSeconds(at) : times.dateTime(at);
    },
  };
}
