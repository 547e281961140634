import { type JSX } from 'preact';
import { useState } from 'preact/hooks';
import { treeOf, type TreeNode } from '../formats/tree.js';
import { useTexts } from './use-console.js';

/** Structured data: the first level open, deeper ones on demand. */
export function DataTree({ value }: { value: unknown }): JSX.Element {
  return (
    <div class="tree">
      <Node node={treeOf(value)} isOpen />
    </div>
  );
}

function Node({ node, isOpen = false }: { node: TreeNode; isOpen?: boolean }): JSX.Element {
  const { t, count } = useTexts();
  const [open, setOpen] = useState(isOpen);
  const name = node.key !== undefined && <span class="key">{node.key}: </span>;
  if (!node.children) {
    return (
      <div class="leaf">
        {name}
        <bdi class={node.type}>{node.type === 'more' ? t.moreItems(count(node.size ?? 0)) : node.text}</bdi>
      </div>
    );
  }
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {name}
        <span class="size">
          {node.type === 'list' ? `[${count(node.size ?? 0)}]` : `{${count(node.size ?? 0)}}`}
        </span>
      </summary>
      {open && node.children().map((child) => <Node node={child} />)}
    </details>
  );
}
