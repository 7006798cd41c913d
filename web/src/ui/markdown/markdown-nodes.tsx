import { createElement, Fragment } from 'react'
import type { ReactNode } from 'react'
import type { MarkdownElement, MarkdownNode } from './markdown-tree.ts'
import classes from './markdown.module.css'
import { longText, textPieces } from './text-pieces.ts'

// Children are passed as arguments, not as an array: their order never changes, so they need no keys.

interface MarkdownNodesProps {
  nodes: readonly MarkdownNode[]
}

export function MarkdownNodes({ nodes }: MarkdownNodesProps) {
  return createElement(Fragment, null, ...nodes.map(render))
}

function render(node: MarkdownNode): ReactNode {
  if (typeof node === 'string') return node.length > longText ? renderLong(node) : node
  return createElement(node.tag, propsOf(node), ...node.children.map(render))
}

/** The first and the last piece stay in line with the text before and after. */
function renderLong(text: string): ReactNode {
  const [first, ...pieces] = textPieces(text)
  const last = pieces.pop()
  const between = pieces.map((piece) =>
    createElement('span', { className: classes['piece'] }, piece),
  )
  return createElement(Fragment, null, first, ...between, last)
}

function propsOf({ tag, href, title, start, align, checked }: MarkdownElement): object | null {
  // A link leaves the desk, and must tell the other site nothing about it.
  if (tag === 'a') return { href, title, target: '_blank', rel: 'noopener noreferrer nofollow ugc' }
  if (tag === 'input') return { type: 'checkbox', checked, disabled: true }
  if (tag === 'ol') return { start }
  return align === undefined ? null : { style: { textAlign: align } }
}
