import { useEffect, useRef, useState } from 'preact/hooks';
import { useServer } from './use-server.js';
import { whyNot } from './why-not.js';

/** What is shown is not older than this, in milliseconds, while somebody looks. */
const EVERY_MS = 5000;

/** What the server answers now, asked again and again while it is shown. */
export interface Answer<T> {
  readonly answer: T | undefined;
  /** Why the last one did not come. */
  readonly problem: string | undefined;
  /** Puts in what something else has answered. */
  readonly change: (change: (answer: T) => T) => void;
}

export function useAnswer<T>(path: string): Answer<T> {
  const { console, s } = useServer();
  const [answer, setAnswer] = useState<T>();
  const [problem, setProblem] = useState<string>();
  /** How often something else was put in: an answer that was on its way meanwhile is older. */
  const changes = useRef(0);
  useEffect(() => {
    const shown = new AbortController();
    const { signal } = shown;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      const before = changes.current;
      try {
        const now = await console.api.json<T>('GET', path, { signal });
        if (signal.aborted) return;
        if (changes.current === before) setAnswer(() => now);
        setProblem(undefined);
      } catch (error) {
        if (signal.aborted) return;
        setProblem(whyNot(error, s));
      }
      timer = setTimeout(() => void ask(), EVERY_MS);
    };
    void ask();
    return () => {
      shown.abort();
      clearTimeout(timer);
    };
  }, [path]);
  const change = (to: (answer: T) => T): void => {
    changes.current++;
    setAnswer((known) => (known === undefined ? known : to(known)));
  };
  return { answer, problem, change };
}
