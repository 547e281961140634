import { type JSX, type TargetedMouseEvent } from 'preact';
import { minutesOf } from '../lines/minutes.js';
import { useTexts } from './use-console.js';

const BARS = 60;
const HEIGHT = 28;

/** The last minutes at a glance: lines, and problems among them, per interval; a click goes there. */
export function MinutesBar(): JSX.Element {
  const { console, t, lines, problems } = useTexts();
  const now = console.tick.value;
  const { from, step, bars } = minutesOf(console.list.lines, now, BARS);
  const times = console.preferences.times.value;
  const most = Math.max(1, ...bars.map((bar) => bar.lines));
  const describe = (index: number): string => {
    const bar = bars[index];
    return bar
      ? t.minute(times.clockSeconds(from + index * step), lines(bar.lines), problems(bar.problems))
      : '';
  };
  const goTo = (index: number): void => {
    const first = bars.slice(index).find((bar) => bar.firstSeq !== undefined)?.firstSeq;
    if (first !== undefined) console.goTo(first, 'center');
  };
  const height = (n: number): number => (n === 0 ? 0 : Math.max(2, Math.round((n / most) * HEIGHT)));
  const path = (of: (bar: (typeof bars)[number]) => number): string =>
    bars.map((bar, index) => column(index, height(of(bar)))).join('');
  return (
    <div class="minutes">
      <span class="scale">{times.clockSeconds(from)}</span>
      <div class="picture">
        <svg viewBox={`0 0 ${bars.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="all" d={path((bar) => bar.lines)} />
          <path class="bad" d={path((bar) => bar.problems)} />
        </svg>
        <input
          type="range"
          min={0}
          max={bars.length - 1}
          aria-label={t.minutes}
          aria-valuetext={describe(console.minute.value)}
          value={console.minute.value}
          onInput={(event) => (console.minute.value = Number(event.currentTarget.value))}
          onChange={(event) => goTo(Number(event.currentTarget.value))}
          onClick={(event) => goTo(indexAt(event))}
          onPointerMove={(event) => (event.currentTarget.title = describe(indexAt(event)))}
        />
      </div>
      <span class="scale">{times.clockSeconds(from + bars.length * step)}</span>
    </div>
  );
}

/** The bar under the pointer. */
function indexAt({ offsetX, currentTarget }: TargetedMouseEvent<HTMLInputElement>): number {
  const index = Math.floor((offsetX / currentTarget.clientWidth) * BARS);
  return Math.min(BARS - 1, Math.max(0, index));
}

function column(index: number, height: number): string {
  return height === 0 ? '' : `M${index + 0.1} ${HEIGHT}v-${height}h.8v${height}z`;
}
