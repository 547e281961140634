import { type RefObject } from 'preact';
import { useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { RowHeights, type RowPlace } from '../lines/row-heights.js';
import { type Console } from '../console/console.js';

/** Rows rendered beyond those in view, above and below. */
const OVERSCAN = 6;

export interface VirtualRows {
  readonly heights: RowHeights;
  /** Of the rows that are rendered; none where `first` is greater than `last`. */
  readonly first: number;
  readonly last: number;
  /** Watches the height of a rendered row; returns how to stop. */
  readonly watch: (row: HTMLElement) => () => void;
  /** Brings a row into view: in its middle, or by as little as it takes. */
  readonly show: (index: number, align: 'center' | 'nearest') => void;
}

/**
 * Which rows are rendered, and where the list stands: at its end while it follows, else with the row at the top of the
 * view where it was, whatever is added, removed, opened or measured above it.
 */
export function useVirtualRows(
  console: Console,
  scroller: RefObject<HTMLElement | null>,
  estimate: number,
): VirtualRows {
  const [, render] = useReducer((n: number) => n + 1, 0);
  const [heights] = useState(() => new RowHeights());
  const wanted = useRef<RowPlace | undefined>(undefined);
  const { rows } = console.rows;
  const element = scroller.current;
  // Where the list stands now: it may have been scrolled further than the last event of it said.
  const place = wanted.current ?? heights.placeAt(element?.scrollTop ?? 0);
  heights.layOut(rows, estimate);

  const view = element?.clientHeight ?? 0;
  const end = Math.max(0, heights.total - view);
  const top = console.following.isFollowing.value ? end : Math.min(end, place ? topOf(place) : 0);
  const first = Math.max(0, heights.indexAt(top) - OVERSCAN);
  const last = Math.min(rows.length - 1, heights.indexAt(top + view) + OVERSCAN);

  const [observer] = useState(
    () =>
      new ResizeObserver((entries) => {
        let isNew = false;
        for (const { target, borderBoxSize } of entries) {
          const key = (target as HTMLElement).dataset.key;
          if (key === undefined)
            isNew = true; // the view itself
          else if (target.isConnected)
            isNew = heights.measure(Number(key), borderBoxSize[0]?.blockSize ?? 0) || isNew;
        }
        if (isNew) render(0);
      }),
  );
  useLayoutEffect(() => {
    const { current: view } = scroller;
    if (!view) return undefined;
    const onScroll = (): void => render(0);
    observer.observe(view);
    view.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      view.removeEventListener('scroll', onScroll);
    };
  }, [observer, scroller]);
  useLayoutEffect(() => {
    wanted.current = undefined;
    if (element && Math.abs(element.scrollTop - top) >= 1) element.scrollTop = top;
  });

  const [watch] = useState(() => (row: HTMLElement) => {
    observer.observe(row);
    return () => observer.unobserve(row);
  });
  return { heights, first, last, watch, show };

  function show(index: number, align: 'center' | 'nearest'): void {
    const row = rows[index];
    if (!element || !row) return;
    // It may have been opened just now.
    const height = element.querySelector<HTMLElement>(`[data-key="${row.key}"]`)?.offsetHeight;
    if (height !== undefined && heights.measure(row.key, height)) heights.layOut(rows, estimate);
    const [start, end] = [heights.startOf(index), heights.startOf(index + 1)];
    const [from, to] = [element.scrollTop, element.scrollTop + view];
    const middle = start - Math.max(0, (view - (end - start)) / 2);
    const nearest = start < from ? start : end > to ? Math.min(start, end - view) : from;
    wanted.current = heights.placeAt(Math.max(0, align === 'center' ? middle : nearest));
    render(0);
  }

  function topOf({ key, offset }: RowPlace): number {
    const index = console.rows.indexOf(key);
    const [start, next] = [heights.startOf(index), heights.startOf(index + 1)];
    const isThere = rows[index]?.key === key && start + offset < next;
    return isThere ? start + offset : start;
  }
}
