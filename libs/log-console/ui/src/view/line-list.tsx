import { type JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Empty } from './empty.js';
import { LineRow } from './line-row.js';
import { NewLines } from './new-lines.js';
import { useTexts } from './use-console.js';
import { useDirection } from './use-direction.js';
import { useVirtualRows } from './use-virtual-rows.js';

const ROW_PX = { comfortable: 28, compact: 22 };

/** The lines, of which only those in view are rendered. */
export function LineList(): JSX.Element {
  const { console, t } = useTexts();
  const { rows } = console.drawn.value.rows;
  const { density } = console.preferences.settings.value;
  const scroller = useRef<HTMLElement>(null);
  const { heights, first, last, watch, show } = useVirtualRows(console, scroller, ROW_PX[density]);
  useDirection(scroller, console.following);

  const { target, active, following } = console;
  const rendered = rows.slice(first, last + 1);
  const tabStop = rendered.some(({ key }) => key === active.value) ? active.value : rendered.at(-1)?.key;

  useEffect(() => {
    if (first === 0 && rows.length > 0) void console.more.loadOlder();
    const { current: view } = scroller;
    const inView = view && rows[heights.indexAt(view.scrollTop + view.clientHeight - 1)];
    if (inView) following.seen(inView);
  });
  useLayoutEffect(() => {
    const wanted = target.value;
    if (!wanted) return;
    target.value = undefined;
    show(console.rows.indexOf(wanted.seq), wanted.align);
    requestAnimationFrame(() => {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-key="${active.value}"]`);
      // Who steps through the picture of the minutes stays there.
      if (!document.activeElement?.matches('[type=range]')) row?.focus({ preventScroll: true });
    });
  });

  return (
    <main ref={scroller} class="lines" tabIndex={-1}>
      <ul
        role="list"
        aria-label={t.listLabel}
        style={{ height: `${heights.total}px`, paddingTop: `${heights.startOf(first)}px` }}
      >
        {rendered.map((row, index) => (
          <LineRow
            key={row.key}
            row={row}
            previous={rows[first + index - 1]}
            position={first + index + 1}
            total={rows.length}
            isTabStop={row.key === tabStop}
            watch={watch}
          />
        ))}
      </ul>
      <Empty />
      <NewLines />
    </main>
  );
}
