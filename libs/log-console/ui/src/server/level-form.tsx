import { type ComponentChildren, type JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { LogLevel } from '../../../src/domain/log-level.js';
import { Refused } from '../reading/refused.js';
import { visible } from '../formats/visible-text.js';
import { levelInWords, type LevelWish } from './levels.js';
import { Problem } from './problem.js';
import { useServer } from './use-server.js';
import { whyNot } from './why-not.js';
import { type ContextLevel } from './wire.js';

/** What is filled in; the fields as the server calls them. */
interface Filled extends LevelWish {
  readonly ttlSeconds: string;
  readonly reason: string;
}
type Problems = Partial<Record<keyof Filled | 'all', string>>;

/** What every field has. */
interface Control {
  readonly id: string;
  readonly value: string;
  readonly onInput: (event: { readonly currentTarget: { readonly value: string } }) => void;
  readonly 'aria-invalid'?: true;
  readonly 'aria-describedby'?: string;
}

interface LevelFormProps {
  /** What stands in it at first; another one is put in, and the keyboard goes there. */
  readonly wish: LevelWish;
  readonly levels: readonly LogLevel[];
  /** Names to choose from. */
  readonly contexts: readonly string[];
  readonly onDone: (context: string, level: ContextLevel) => void;
}

/** Sets the level of a part, of all that begin so, or of all, for some time. */
export function LevelForm({ wish, levels, contexts, onDone }: LevelFormProps): JSX.Element {
  const { console, s } = useServer();
  const form = useRef<HTMLFormElement>(null);
  const isAsking = useRef(false);
  const [filled, setFilled] = useState<Filled>({ ...wish, ttlSeconds: '1800', reason: '' });
  const [problems, setProblems] = useState<Problems>({});
  useLayoutEffect(() => {
    setFilled((known) => ({ ...known, ...wish }));
    setProblems({});
    if (wish.context !== '') form.current?.querySelector('select')?.focus();
  }, [wish]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isAsking.current) return;
    isAsking.current = true;
    setProblems({});
    const context = filled.context.trim();
    const reason = filled.reason.trim();
    const body = {
      level: filled.level,
      ttlSeconds: Number(filled.ttlSeconds),
      ...(reason !== '' && { reason }),
    };
    try {
      const path = `api/levels/${encodeURIComponent(context)}`;
      onDone(context, await console.api.json<ContextLevel>('PUT', path, { body }));
      setFilled((known) => ({ ...known, context: '', reason: '' }));
    } catch (error) {
      setProblems(problemsOf(error, whyNot(error, s)));
    }
    isAsking.current = false;
  };
  const field = (
    name: keyof Filled,
    label: string,
    control: (about: Control) => ComponentChildren,
  ): JSX.Element => {
    const problem = problems[name];
    const id = `level-${name}`;
    return (
      <div class="field">
        <label for={id}>{label}</label>
        {control({
          id,
          value: filled[name],
          onInput: ({ currentTarget: { value } }) => setFilled((known) => ({ ...known, [name]: value })),
          ...(problem !== undefined && { 'aria-invalid': true, 'aria-describedby': `${id}-problem` }),
        })}
        <Problem id={`${id}-problem`} text={problem} />
      </div>
    );
  };
  return (
    <form ref={form} class="fields" aria-label={s.setTitle} onSubmit={(event) => void submit(event)}>
      {field('context', s.partField, (about) => (
        <input
          {...about}
          required
          list="level-contexts"
          autocomplete="off"
          spellcheck={false}
          placeholder="Orders*"
        />
      ))}
      <datalist id="level-contexts">
        {contexts.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {field('level', s.levelField, (about) => (
        <select {...about}>
          {levels.map((level) => (
            <option key={level} value={level}>
              {levelInWords(level, console, s)}
            </option>
          ))}
        </select>
      ))}
      {field('ttlSeconds', s.howLong, (about) => (
        <select {...about}>
          {Object.entries(s.ttls).map(([seconds, text]) => (
            <option key={seconds} value={seconds}>
              {text}
            </option>
          ))}
        </select>
      ))}
      {field('reason', s.reasonField, (about) => (
        <input {...about} autocomplete="off" />
      ))}
      <button type="submit" class="primary">
        {s.set}
      </button>
      <Problem text={problems.all} />
    </form>
  );
}

/** Beside the field it begins with; another one below all. */
function problemsOf(error: unknown, otherwise: string): Problems {
  const messages = error instanceof Refused ? error.messages : [];
  if (messages.length === 0) return { all: otherwise };
  const problems: Problems = {};
  for (const message of messages) {
    const [, name = 'all'] = /^(context|level|ttlSeconds|reason)\b/.exec(message) ?? [];
    const field = name as keyof Problems;
    problems[field] = [problems[field], visible(message)].filter(Boolean).join(' ');
  }
  return problems;
}
