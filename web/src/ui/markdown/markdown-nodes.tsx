import { createElement, Fragment } from 'react'
import type { ReactNode } from 'react'
import type { MarkdownElement, MarkdownNode } from './markdown-tree.ts'
import classes from './markdown.module.css'
import { Mentioned } from './mentioned.tsx'
import { longText, textPieces } from './text-pieces.ts'

// Children are passed as arguments, not as an array: their order never changes, so they need no keys.

interface MarkdownNodesProps {
  nodes: readonly MarkdownNode[]
}

/** Each part is laid out in the direction of its first letter. */
export function MarkdownNodes({ nodes }: MarkdownNodesProps) {
  const blocks = nodes.map((node) => render(node, 'auto'))
  return createElement(Fragment, null, ...blocks)
}

function render(node: MarkdownNode, dir?: 'auto'): ReactNode {
  if (typeof node === 'string') return node.length > longText ? renderLong(node) : node
  const children = node.children.map((child) => render(child))
  const { personId } = node
  if (personId !== undefined) return createElement(Mentioned, { personId }, ...children)
  return createElement(node.tag, { dir, ...propsOf(node) }, ...children)
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

function propsOf(element: MarkdownElement): object | undefined {
  const { tag, href, title, start, align, checked, marker } = element
  // A link leaves the desk, and must tell the other site nothing about it.
  if (tag === 'a') {
    const rel = 'noopener noreferrer nofollow ugc'
    return { href, title, target: '_blank', rel, 'data-named': isNamed(element) || undefined }
  }
  if (tag === 'input') return { type: 'checkbox', checked, disabled: true }
  if (tag === 'ol') return { start, style: roomFor(element) }
  if (marker !== undefined)
    return { value: Number.parseInt(marker, 10), style: { listStyleType: `"${marker} "` } }
  return align && { style: { textAlign: align } }
}

/** Whether the words of a link are not its address, which is then printed behind them. */
function isNamed({ href = '', children }: MarkdownElement): boolean {
  const [words] = children
  return words !== href && words !== href.replace(/^(http:\/\/|mailto:)/, '')
}

/** Long numbers stand beside the text, and would be cut off there. */
function roomFor({ start = 1, children }: MarkdownElement): object | undefined {
  const markers = children.map((child) => (typeof child === 'object' ? (child.marker ?? '') : ''))
  const longest = Math.max(
    `${start + children.length}.`.length,
    ...markers.map(({ length }) => length),
  )
  return longest > 3 ? { paddingInlineStart: `${longest + 1}ch` } : undefined
}
