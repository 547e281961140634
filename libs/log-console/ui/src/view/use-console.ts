import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Console } from '../console/console.js';
import { type Texts } from '../texts/en.js';

export const ConsoleContext = createContext<Console | undefined>(undefined);

export function useConsole(): Console {
  const console = useContext(ConsoleContext);
  if (!console) throw new Error('A view of the console stands outside of it.');
  return console;
}

/** What nearly every view needs: the console, its texts, and numbers and times in the reader's language. */
export function useTexts(): {
  console: Console;
  t: Texts;
  count: (n: number) => string;
  lines: (n: number) => string;
  problems: (n: number) => string;
} {
  const console = useConsole();
  const t = console.preferences.texts.value;
  const { count } = console.preferences.numbers.value;
  return {
    console,
    t,
    count,
    lines: (n) => t.lines(n, count(n)),
    problems: (n) => t.problems(n, count(n)),
  };
}
