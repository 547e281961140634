/** What a new epoch says of a file: it has only grown, another one has its name now, or it was emptied and written anew. */
export type FileChange = 'grown' | 'rotated' | 'truncated';

/**
 * The epoch of a file is `<inode>.<n>.<hash of the first n bytes>`: of a file that grows, n grows until it is enough to
 * know it by.
 */
export function fileChange(before: string, epoch: string): FileChange {
  const [inode, size = ''] = before.split('.');
  const [newInode, newSize = ''] = epoch.split('.');
  // 0 stands for a file that is not there: what comes before it, or after it, is no other file.
  if (inode === '0' || newInode === '0') return 'grown';
  if (inode !== newInode) return 'rotated';
  return parseInt(newSize, 36) > parseInt(size, 36) ? 'grown' : 'truncated';
}
