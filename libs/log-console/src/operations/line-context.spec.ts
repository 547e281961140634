import { jest } from '@jest/globals';
import { type LogContext } from '../domain/log-context.js';
import { contextWithin } from './context-storage.js';
import { withEnrich, withSpan } from './line-context.js';

const outer = contextWithin(undefined, { requestId: 'r', traceId: 't', spanId: 's' });
const unheard = (): void => undefined;

describe('the context of a line', () => {
  it('is the one around it where there is nothing to add', () => {
    for (const ids of [undefined, {}, { requestId: undefined }]) {
      expect(
        withEnrich(
          () => outer,
          () => ids,
          unheard,
        )(),
      ).toBe(outer);
      expect(
        withEnrich(
          () => undefined,
          () => ids,
          unheard,
        )(),
      ).toBeUndefined();
    }
  });

  it('is one object for lines in a row with the same ids, and another for others', () => {
    let around: LogContext | undefined = outer;
    let spanId = 'a';
    const current = withSpan(
      () => around,
      () => ({ traceId: 'x', spanId }),
    );
    const first = current();
    expect(first?.links).toEqual({ requestId: 'r', traceId: 'x', spanId: 'a' });
    expect(current()).toBe(first);
    spanId = 'b';
    expect(current()?.links).toEqual({ requestId: 'r', traceId: 'x', spanId: 'b' });
    around = undefined;
    expect(current()?.links).toEqual({ traceId: 'x', spanId: 'b' });
  });

  it('keeps its operation and its request', () => {
    const inside = contextWithin(outer, { operation: { id: 'o' } });
    const enriched = withEnrich(
      () => inside,
      () => ({ requestId: 'r-2' }),
      unheard,
    )();
    expect(enriched).toMatchObject({
      operation: { id: 'o' },
      links: { requestId: 'r-2', traceId: 't', spanId: 's', operation: 'o' },
    });
  });

  it('is without what enrich says while that throws, which is reported once in ten seconds', () => {
    const now = jest.spyOn(performance, 'now');
    const reports: string[] = [];
    const enrich = (): never => {
      throw new Error('broken');
    };
    const current = withEnrich(
      () => outer,
      enrich,
      (message) => reports.push(message),
    );
    for (const time of [100_000, 100_001, 109_999, 110_000, 119_999, 120_001]) {
      now.mockReturnValue(time);
      expect(current()).toBe(outer);
    }
    now.mockRestore();
    expect(reports).toHaveLength(3);
  });
});
