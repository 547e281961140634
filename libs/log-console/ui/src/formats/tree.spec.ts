import fc from 'fast-check';
import { type TreeNode, treeOf } from './tree.js';

/** The value that a tree shows. */
function valueOf(node: TreeNode): unknown {
  const children = node.children?.() ?? [];
  switch (node.type) {
    case 'list':
      return children.map(valueOf);
    case 'object':
      return Object.fromEntries(children.map((child) => [child.key ?? '', valueOf(child)]));
    case 'string':
      return node.text;
    default:
      return JSON.parse(node.text ?? '');
  }
}

describe('treeOf', () => {
  it.each([
    ['text', { type: 'string', text: 'text' }],
    ['a\u202eb\x1b', { type: 'string', text: 'a\\u{202e}b\\u{1b}' }],
    [1.5, { type: 'number', text: '1.5' }],
    [false, { type: 'boolean', text: 'false' }],
    [null, { type: 'null', text: 'null' }],
  ])('shows %j', (value, node) => {
    expect(treeOf(value)).toEqual(node);
  });

  it('shows objects and lists with their size, and opens them', () => {
    const root = treeOf({ sku: 'AB-444', aisles: [35, 36], 'a\u200bb': null });
    expect(root).toMatchObject({ type: 'object', size: 3 });
    const [sku, aisles, hidden] = root.children?.() ?? [];
    expect(sku).toEqual({ key: 'sku', type: 'string', text: 'AB-444' });
    expect(aisles).toMatchObject({ key: 'aisles', type: 'list', size: 2 });
    expect(aisles?.children?.()).toEqual([
      { key: '0', type: 'number', text: '35' },
      { key: '1', type: 'number', text: '36' },
    ]);
    expect(hidden?.key).toBe('a\\u{200b}b');
  });

  it('shows 200 of a list, and how many more there are', () => {
    const children = (size: number): TreeNode[] => treeOf(Array(size).fill(0)).children?.() ?? [];
    expect(children(200).map(({ type }) => type)).toEqual(Array(200).fill('number'));
    expect(children(500)).toHaveLength(201);
    expect(children(500).at(-1)).toEqual({ type: 'more', text: '+300', size: 300 });
  });

  it('opens only what is asked for', () => {
    let reads = 0;
    const value = {
      get inner() {
        reads++;
        return 1;
      },
    };
    const root = treeOf(value);
    expect(reads).toBe(0);
    root.children?.();
    expect(reads).toBe(1);
  });

  it('shows all of any JSON', () => {
    const json = fc.json({ stringUnit: fc.constantFrom('a', 'b', '"', '{', ' ') });
    fc.assert(
      fc.property(json, (text) => {
        const value: unknown = JSON.parse(text);
        expect(JSON.stringify(valueOf(treeOf(value)))).toBe(JSON.stringify(value));
      }),
    );
  });
});
