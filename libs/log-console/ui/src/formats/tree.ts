import { visible } from './visible-text.js';

/** A value of JSON, ready to be shown; what is in it is made when it is opened. */
export interface TreeNode {
  /** Its name in an object, its place in a list; absent at the root. */
  readonly key?: string;
  /** What a leaf says, its unseen characters marked. */
  readonly text?: string;
  /** `more`: stands for `size` further ones that are not shown. */
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'list' | 'object' | 'more';
  /** How many are in it. */
  readonly size?: number;
  readonly children?: () => TreeNode[];
}

const MAX_CHILDREN = 200;

/** The tree of a value that came as JSON. */
export function treeOf(value: unknown): TreeNode {
  switch (typeof value) {
    case 'string':
      return { type: 'string', text: visible(value) };
    case 'number':
    case 'boolean':
      return { type: typeof value as 'number' | 'boolean', text: String(value) };
    case 'object':
      if (value !== null) return branch(value);
  }
  return { type: 'null', text: 'null' };
}

function branch(value: object): TreeNode {
  const keys = Object.keys(value);
  return {
    type: Array.isArray(value) ? 'list' : 'object',
    size: keys.length,
    children: () => {
      const shown = keys
        .slice(0, MAX_CHILDREN)
        .map((key) => ({ key: visible(key), ...treeOf((value as Record<string, unknown>)[key]) }));
      const size = keys.length - shown.length;
      return size > 0 ? [...shown, { type: 'more', text: `+${size}`, size }] : shown;
    },
  };
}
