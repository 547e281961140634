import { type JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { visible } from '../formats/visible-text.js';
import { LevelForm } from './level-form.js';
import { levelInWords, noisiestFirst, partInWords, wishFor, type LevelWish } from './levels.js';
import { Problem } from './problem.js';
import { useAnswer } from './use-answer.js';
import { useServer } from './use-server.js';
import { whyNot } from './why-not.js';
import { type ContextLevel, type Levels } from './wire.js';

/** From which level on each part of the application is logged; who may, changes it for a while. */
export function LevelsPage(): JSX.Element {
  const { console, s, count } = useServer();
  const { answer, problem, change } = useAnswer<Levels>('api/levels');
  const [wish, setWish] = useState<LevelWish>(() => wishFor(console.levelWanted));
  const [refused, setRefused] = useState<string>();
  const [done, setDone] = useState('');
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => void (console.levelWanted = undefined), []);
  const mayChange = console.may('levels');
  const put = (context: string, level: ContextLevel, said: string): void => {
    change((known) => ({ ...known, contexts: { ...known.contexts, [context]: level } }));
    setDone(said);
    setRefused(undefined);
  };
  const reset = async (context: string): Promise<void> => {
    try {
      const path = `api/levels/${encodeURIComponent(context)}`;
      const level = await console.api.json<ContextLevel>('DELETE', path);
      put(context, level, s.resetDone(partInWords(context, s)));
      table.current?.focus(); // its button is gone
    } catch (error) {
      setRefused(whyNot(error, s));
    }
  };
  return (
    <>
      <p>{s.levelsText}</p>
      {mayChange && answer && (
        <LevelForm
          wish={wish}
          levels={answer.levels}
          contexts={Object.keys(answer.contexts)}
          onDone={(context, level) =>
            put(context, level, s.setDone(partInWords(context, s), levelInWords(level.effective, console, s)))
          }
        />
      )}
      <p role="status">{done}</p>
      <Problem text={refused ?? problem} />
      {answer && (
        <table ref={table} tabIndex={-1} aria-label={s.tabs.levels}>
          <thead>
            <tr>
              <th scope="col">{s.part}</th>
              <th scope="col" class="number">
                {s.lines}
              </th>
              <th scope="col">{s.level}</th>
            </tr>
          </thead>
          <tbody>
            {noisiestFirst(answer.contexts).map(([context, level]) => (
              <tr key={context}>
                <th scope="row">
                  <bdi>{partInWords(context, s)}</bdi>
                </th>
                <td class="number">{level.lines === undefined ? '' : count(level.lines)}</td>
                <td>
                  <div class="level">
                    <div>
                      <strong>{levelInWords(level.effective, console, s)}</strong>
                      <LevelFacts level={level} />
                    </div>
                    {mayChange && (
                      <div class="actions">
                        <button
                          type="button"
                          aria-label={s.changeOf(partInWords(context, s))}
                          onClick={() => setWish({ context, level: level.effective })}
                        >
                          {s.change}
                        </button>
                        {level.configured !== null && (
                          <button
                            type="button"
                            aria-label={s.resetOf(partInWords(context, s))}
                            onClick={() => void reset(context)}
                          >
                            {s.reset}
                          </button>
                        )}
                      </div>
                    )}
                  </div>
                </td>
              </tr>
            ))}
            {answer.others && (
              <tr>
                <td>{s.otherParts}</td>
                <td class="number">{count(answer.others.lines)}</td>
                <td />
              </tr>
            )}
          </tbody>
        </table>
      )}
    </>
  );
}

/** Who set it, until when, and why. */
function LevelFacts({ level }: { level: ContextLevel }): JSX.Element | null {
  const { console, s, moment } = useServer();
  const { configured, expiresAt, setBy, reason } = level;
  if (configured === null) return null;
  const left = Date.parse(expiresAt ?? '') - console.tick.value;
  const { duration } = console.preferences.numbers.value;
  return (
    <ul class="facts">
      {expiresAt !== undefined && <li>{s.until(moment(expiresAt), duration(Math.max(0, left)))}</li>}
      {setBy !== undefined && <li>{s.setBy(visible(setBy))}</li>}
      {reason !== undefined && <li>{s.because(visible(reason))}</li>}
    </ul>
  );
}
