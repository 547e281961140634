import { expect } from '@jest/globals';
import { accountOf, LINES, NOTHING_LOST, ROTATIONS } from './account.js';
import { type FollowedFile } from './followed-file.js';

/**
 * Of a file that is copied and truncated everybody gets once what the copies and the file hold. What is written
 * between the two is in neither: a gap tells of it whoever may have missed it.
 */
export async function expectAllHeld(file: FollowedFile): Promise<void> {
  const held = file.linesOnDisk();
  expect(held.length).toBeGreaterThan(LINES / 2);
  const back = await file.pagedBack();
  expect(accountOf(back, held)).toEqual(NOTHING_LOST);
  for (const batches of [await file.streamed(), await file.polled, await file.readOn(back)]) {
    const { gaps, ...account } = accountOf(batches, held);
    expect({ ...account, gaps: [] }).toEqual(NOTHING_LOST);
    for (const gap of gaps) expect(gap).toMatchObject({ reason: 'truncated', missed: null });
    expect(gaps.length).toBeLessThanOrEqual(ROTATIONS);
  }
}
