import { computed, effect, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type StoreStats } from '../../../src/domain/log-source.js';
import { type InstanceList } from '../../../src/domain/log-instances.js';
import { type Console } from '../console/console.js';
import { type SharedParts } from '../console/shared.js';
import { texts as de } from '../texts/shared-de.js';
import { texts as en } from '../texts/shared-en.js';
import { Banner } from '../view/banners.js';
import { Colours } from './colours.js';
import { instanceEvent } from './instance-event.js';
import css from './shared.css?inline';
import { shortName } from './short-name.js';

// Not a file beside this one: nothing waits for those.
const style = new CSSStyleSheet();
style.replaceSync(css);
document.adoptedStyleSheets.push(style);

const colours = new Colours();
/** Those the server lists, also where no line of theirs is held. */
const listed = signal<readonly string[]>([]);

/**
 * What there is to see of the processes that share the log.
 * @param visible given and not imported: the script that is loaded first would become several
 */
export function partsIn(console: Console, visible: (text: string) => string): SharedParts {
  const { shared, preferences } = console;
  const counts = computed(() => {
    const held = console.drawn.value.list.instances;
    const names = new Set([...listed.value, ...held.keys()]);
    return new Map([...names].sort().map((name) => [name, held.get(name) ?? 0]));
  });
  const isMany = computed(() => counts.value.size > 1);
  /** Of the column, in characters: the same in each row. */
  const width = computed(() =>
    Math.max(0, ...[...counts.value.keys()].map((name) => shortName(name).length)),
  );
  const clock = (at: number): string => preferences.times.value.clockSeconds(at);
  const said = (): typeof en => (preferences.language.value === 'de' ? de : en);
  effect(() => {
    if (console.session.value) void list();
  });

  /** Asks who there is. */
  async function list(): Promise<void> {
    try {
      const { instances } = await console.api.json<InstanceList>('GET', 'api/instances');
      listed.value = instances.map(({ name }) => name);
    } catch {
      // Those whose lines are held are known all the same.
    }
  }

  /** Asks how the log is kept, and since when. */
  async function ask(): Promise<void> {
    try {
      const { store } = await console.api.json<Pick<StoreStats, 'store'>>('GET', 'api/stats');
      shared.store.value = { ...store, state: shared.store.value.state };
    } catch {
      // What is known already holds.
    }
  }

  return {
    isMany: () => isMany.value,

    Mark({ line: { entry } }) {
      if (!isMany.value) return null;
      const { instance = '' } = entry;
      return (
        <bdi
          class={`instance c${colours.of(instance)}`}
          style={{ width: `${width.value}ch` }}
          title={visible(instance)}
        >
          {visible(shortName(instance))}
        </bdi>
      );
    },

    Select() {
      const { count } = preferences.numbers.value;
      const { instance } = console.filters.value;
      if (!isMany.value) return null;
      const known = new Map(counts.value);
      if (instance !== undefined && !known.has(instance)) known.set(instance, 0);
      return (
        <select
          aria-label={said().instance}
          value={instance ?? ''}
          onFocus={() => void list()}
          onChange={({ currentTarget: { value } }) => console.setFilters({ instance: value || undefined })}
        >
          <option value="">{said().all}</option>
          {[...known].map(([name, lines]) => (
            <option key={name} value={name}>
              {visible(name)} ({count(lines)})
            </option>
          ))}
        </select>
      );
    },

    Only({ line: { entry, seq } }) {
      if (!isMany.value || entry.instance === undefined) return null;
      const show = (): void => {
        console.setFilters({ instance: entry.instance });
        console.goTo(seq);
      };
      return (
        <button type="button" onClick={show}>
          {said().only}
        </button>
      );
    },

    Bar() {
      const { state, since } = shared.store.value;
      const isAway = state !== 'up';
      const alone = shared.alone.value;
      useEffect(() => {
        if (isAway && since === undefined) void ask();
      }, [isAway, since]);
      if (!isAway) return null;
      const time = clock(Date.parse(since ?? '') || console.tick.peek());
      return (
        <div role="alert">
          {alone === undefined ? (
            <Banner text={said().awaited(time)}>
              {/* Who comes without a place in the shared log is given what this server has. */}
              <button type="button" onClick={() => location.reload()}>
                {said().onlyThisServer}
              </button>
            </Banner>
          ) : (
            <Banner text={said().away(time, visible(alone))} />
          )}
        </div>
      );
    },

    Elsewhere: () => <span>{said().elsewhere}</span>,

    said({ entry, at }) {
      const found = instanceEvent(entry);
      return found && said().events[found.event](found.name, at === undefined ? '' : clock(at));
    },

    missing(line) {
      if (line.kind === 'restarted' && shared.isShared) return said().anew(clock(line.at ?? NaN));
      if (line.kind !== 'gap' || line.instance === undefined || line.missed === null) return undefined;
      const { count } = preferences.numbers.value;
      const why = said().lost(visible(line.instance));
      return preferences.texts.value.missing(line.missed, count(line.missed), why);
    },

    async readElsewhere() {
      await ask();
      if (!shared.isShared) return false;
      // In the log they have other places than in the operation.
      if (console.list.lines.length > 0) location.reload();
      console.connection.stop();
      const { source } = console;
      console.source = { ...source, path: 'api/', only: `operation=${encodeURIComponent(source.id)}&` };
      console.connection = console.connectionTo(console.source);
      console.connection.hidden(document.hidden);
      console.connection.start();
      return true;
    },
  };
}
