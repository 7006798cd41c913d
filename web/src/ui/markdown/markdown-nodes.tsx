import { createElement, Fragment } from 'react'
import type { ReactNode } from 'react'
import type { MarkdownElement, MarkdownNode } from './markdown-tree.ts'

// The children are arguments, not an array: they never change their order, and need no keys.

interface MarkdownNodesProps {
  nodes: readonly MarkdownNode[]
}

export function MarkdownNodes({ nodes }: MarkdownNodesProps) {
  return createElement(Fragment, null, ...nodes.map(render))
}

function render(node: MarkdownNode): ReactNode {
  if (typeof node === 'string') return node
  return createElement(node.tag, propsOf(node), ...node.children.map(render))
}

function propsOf({ tag, href, title, start, align, checked }: MarkdownElement): object | null {
  // A link leads out of the desk, and must tell the other side nothing about it.
  if (tag === 'a') return { href, title, target: '_blank', rel: 'noopener noreferrer nofollow ugc' }
  if (tag === 'input') return { type: 'checkbox', checked, disabled: true }
  if (tag === 'ol') return { start }
  return align === undefined ? null : { style: { textAlign: align } }
}
