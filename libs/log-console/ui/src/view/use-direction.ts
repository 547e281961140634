import { type RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { type Following } from '../console/following.js';

/** A press this near to the right edge is on the scroll bar, also where that lies over the content. */
const SCROLL_BAR_PX = 16;

/**
 * Leaves the end at the first move up – wheel, finger, key, scroll bar, a selection – and joins it when a move down
 * reaches it. What the page itself scrolls is no move of the reader.
 */
export function useDirection(scroller: RefObject<HTMLElement | null>, following: Following): void {
  useEffect(() => {
    const { current: element } = scroller;
    if (!element) return undefined;
    let isDown = false;
    let touchedAt = 0;
    let lastTop = 0;
    const move = (down: boolean): void => {
      isDown = down;
      if (!down) following.leave();
      else joinAtEnd();
    };
    const joinAtEnd = (): void => {
      const left = element.scrollHeight - element.clientHeight - element.scrollTop;
      if (isDown && !following.isFollowing.value && left < 2) following.join();
    };
    const listeners: Partial<Record<string, (event: never) => void>> = {
      wheel: ({ deltaY, ctrlKey }: WheelEvent) => deltaY !== 0 && !ctrlKey && move(deltaY > 0),
      touchstart: ({ touches }: TouchEvent) => (touchedAt = touches[0]?.clientY ?? 0),
      touchmove: ({ touches }: TouchEvent) => {
        const at = touches[0]?.clientY ?? 0;
        if (at !== touchedAt) move(at < touchedAt);
        touchedAt = at;
      },
      keydown: ({ key }: KeyboardEvent) => {
        if (key === 'PageUp' || key === 'PageDown') move(key === 'PageDown');
      },
      pointerdown: ({ target, offsetX }: PointerEvent) => {
        if (target === element && offsetX > element.clientWidth - SCROLL_BAR_PX) {
          move(false);
          isDown = true; // wherever it is dragged: at the end it joins
        }
      },
      scroll: () => {
        if (element.scrollTop > lastTop) joinAtEnd();
        lastTop = element.scrollTop;
      },
    };
    const onSelection = (): void => {
      const selection = getSelection();
      if (selection && !selection.isCollapsed && element.contains(selection.anchorNode)) following.leave();
    };
    for (const [name, listener] of Object.entries(listeners))
      element.addEventListener(name, listener as EventListener, { passive: true });
    document.addEventListener('selectionchange', onSelection);
    return () => {
      for (const [name, listener] of Object.entries(listeners))
        element.removeEventListener(name, listener as EventListener);
      document.removeEventListener('selectionchange', onSelection);
    };
  }, [scroller, following]);
}
