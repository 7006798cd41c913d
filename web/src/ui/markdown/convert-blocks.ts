import { hasVisible } from '@deskbell/contract'
import type { Blockquote, Code, Heading, List, ListItem, Nodes, RootContent, Table } from 'mdast'
import { convertInline, joined, sourceOf } from './convert-inline.ts'
import type { Place } from './convert-inline.ts'
import { isLanguage } from './languages.ts'
import type { MarkdownElement, MarkdownNode, MarkdownTag } from './markdown-tree.ts'

/** An element, and the lines of the text that it shows. */
interface Block {
  element: MarkdownElement
  from: number
  to: number
}

/**
 * Blocks of a text. A block that only looks like Markdown is shown as it was written, in one paragraph with the lines
 * before and after it.
 */
export function convertBlocks(nodes: readonly RootContent[], place: Place): MarkdownElement[] {
  const made: Block[] = []
  for (const node of nodes) {
    for (const block of convert(node, place, made.at(-1))) {
      const last = made.at(-1)
      if (last && isNext(last, block)) append(last, block)
      else made.push(block)
    }
  }
  return made.map(({ element }) => element)
}

function isNext(last: Block, { element, from }: Block): boolean {
  return last.element.tag === 'p' && element.tag === 'p' && last.to + 1 >= from
}

function append(last: Block, { element, to }: Block): void {
  const children = joined([...last.element.children, '\n', ...element.children])
  last.element = { tag: 'p', children }
  last.to = to
}

function convert(node: RootContent, place: Place, last: Block | undefined): readonly Block[] {
  switch (node.type) {
    case 'paragraph':
      return [block(node, 'p', [indentOf(node, place), ...convertInline(node.children, place)])]
    case 'heading':
      return [heading(node, place, last)]
    case 'thematicBreak':
      return [isRule(node, place) ? block(node, 'hr', []) : asWritten(node, place)]
    case 'blockquote':
      return [quote(node, place)]
    case 'list':
      return isList(node, place) ? [list(node, place)] : node.children.flatMap(lines)
    case 'code':
      return [isCode(node, place) ? code(node, place) : asWritten(node, place)]
    case 'table':
      return isTable(node, place) ? tableAndLines(node, place) : [asWritten(node, place)]
    default:
      return [asWritten(node, place)]
  }

  function lines(item: ListItem): readonly Block[] {
    return linesOf(item, place)
  }
}

function block(node: Nodes, tag: MarkdownTag, children: readonly MarkdownNode[]): Block {
  const { start, end } = node.position ?? { start: { line: 0 }, end: { line: 0 } }
  return { element: { tag, children: joined(children) }, from: start.line, to: end.line }
}

function asWritten(node: Nodes, place: Place): Block {
  return block(node, 'p', [indentOf(node, place), sourceOf(node, place)])
}

/** The spaces before the first line, so that the columns below it are in line. */
function indentOf({ position }: Nodes, { source, nested }: Place): string {
  const start = position?.start.offset ?? 0
  if (nested) return ''
  return source.slice(source.lastIndexOf('\n', start - 1) + 1, start)
}

/** The mark of an item, with the box of a task. */
function opening(item: ListItem, place: Place): string {
  const typed = sourceOf(item, place)
  const isTask = typeof item.checked === 'boolean'
  return (isTask ? /^\S+\s*\[.\]\s?/ : /^\S+[ \t]*/).exec(typed)?.[0] ?? typed
}

/** The page's own headings come first, so a text's headings start two levels lower. */
const headings: readonly MarkdownTag[] = ['h3', 'h4', 'h5', 'h6', 'h6', 'h6']

function heading(node: Heading, place: Place, last: Block | undefined): Block {
  const [, mark = '', words = ''] = /^(#+[ \t]*)(.*)$/.exec(sourceOf(node, place).trimEnd()) ?? []
  const [close = ''] = node.children.length === 0 ? [words] : (/[ \t]+#+$/.exec(words) ?? [])
  const children = [...convertInline(node.children, place), close]
  if (isHeading(node, place, last)) return block(node, headings[node.depth - 1] ?? 'h6', children)
  return block(node, 'p', [indentOf(node, place), mark, ...children])
}

/** `# 12` is a number, and a `#` between the lines of a file begins a comment. */
function isHeading(node: Heading, place: Place, last: Block | undefined): boolean {
  const words = sourceOf(node, place).slice(node.depth)
  if (!hasVisible(words)) return false
  if (node.depth > 1) return true
  const follows = last?.element.tag === 'p' && last.to + 1 === node.position?.start.line
  return !follows && !/^\s*\p{N}/u.test(words)
}

/** Dashes between empty lines. Others are lines of a log, or hide a word. */
function isRule(node: Nodes, place: Place): boolean {
  if (!/^-+$/.test(sourceOf(node, place))) return false
  const { source, nested } = place
  const before = source.slice(0, node.position?.start.offset)
  const after = source.slice(node.position?.end.offset)
  return nested || (/(?:^|\n[^\S\n]*\n)[^\S\n]*$/.test(before) && /^\s*?(?:\n\s*?\n|$)/.test(after))
}

/** `>5` compares, and `>>>` is a prompt; `> 5` and `>> 5` quote. */
function quote(node: Blockquote, place: Place): Block {
  const isQuote = /^>{1,2}\s[\s>]*[^\s>]/.test(sourceOf(node, place))
  if (!isQuote && !place.nested) return asWritten(node, place)
  return block(node, 'blockquote', convertBlocks(node.children, { ...place, nested: true }))
}

/**
 * Bullets with words. `+` and `-` before numbers alone calculate, and one number with a point begins a sentence:
 * `1986. A great year.`
 */
function isList(node: List, place: Place): boolean {
  const items = node.children.map((item) => sourceOf(item, place))
  if (items.every((item) => !/[^\s\d.,()%€$£*+\-=/:]/.test(item))) return false
  const [first = ''] = items
  if (node.ordered === true) return items.length > 1 || node.start === 1
  return !first.startsWith('+')
}

function list(node: List, place: Place): Block {
  const loose = node.spread === true || node.children.some((item) => item.spread === true)
  const marks = node.children.map((item) => opening(item, place).trim().split(/\s/, 1)[0] ?? '')
  // Equal numbers ask for numbering.
  const numbered = node.ordered === true && (marks.length === 1 || new Set(marks).size > 1)
  let next = node.start ?? 1
  const items = node.children.map((item, at) => {
    const made = listItem(item, loose, place)
    const mark = marks[at] ?? ''
    if (numbered && mark !== `${next}.`) made.marker = mark
    next = numbered ? Number.parseInt(mark, 10) + 1 : next
    return made
  })
  const made = block(node, node.ordered === true ? 'ol' : 'ul', items)
  if (node.ordered === true && node.start !== 1) made.element.start = node.start ?? 1
  return made
}

function listItem(item: ListItem, loose: boolean, place: Place): MarkdownElement {
  const children: MarkdownNode[] = []
  for (const element of convertBlocks(item.children, { ...place, nested: true })) {
    if (loose || element.tag !== 'p') children.push(element)
    else children.push(...element.children)
  }
  if (item.checked === null || item.checked === undefined) return { tag: 'li', children }
  const box = { tag: 'input', checked: item.checked, children: [] } as const
  const [first] = children
  if (typeof first !== 'object' || first.tag !== 'p')
    return { tag: 'li', children: joined([box, ' ', ...children]) }
  const words = { ...first, children: joined([box, ' ', ...first.children]) }
  return { tag: 'li', children: [words, ...children.slice(1)] }
}

/** The lines of an item that is none. */
function linesOf(item: ListItem, place: Place): readonly Block[] {
  const mark = block(item, 'p', [indentOf(item, place), opening(item, place)])
  const [first, ...others] = item.children.flatMap((child) =>
    convert(child, { ...place, nested: true }, undefined),
  )
  if (first?.element.tag !== 'p') return [mark, ...(first ? [first] : []), ...others]
  return [
    {
      ...first,
      element: {
        tag: 'p',
        children: joined([...mark.element.children, ...first.element.children]),
      },
    },
    ...others,
  ]
}

/** Tildes draw a line, and backticks without code are only backticks. */
function isCode(node: Code, place: Place): boolean {
  const typed = sourceOf(node, place)
  return !typed.startsWith('~') && (hasVisible(node.value) || hasVisible(infoOf(node, place)))
}

function code(node: Code, place: Place): Block {
  const info = infoOf(node, place)
  const value = info === '' || isLanguage(info) ? node.value : `${info}\n${node.value}`
  return block(node, 'pre', [{ tag: 'code', children: [value] }])
}

/** What stands beside the opening fence. */
function infoOf(node: Code, place: Place): string {
  const [line = ''] = sourceOf(node, place).split('\n', 1)
  return line.startsWith('`') ? line.replace(/^`+/, '').trim() : ''
}

/** A line of dashes with a bar at its end is none: the head has its bars, too. */
function isTable(node: Table, place: Place): boolean {
  const [head = '', marks = ''] = sourceOf(node, place).split('\n', 2)
  return head.includes('|') && marks.includes('|')
}

/** Lines without a bar right below a table are text. */
function tableAndLines(node: Table, place: Place): readonly Block[] {
  const { children: rows } = node
  const end = rows.findLastIndex((row) => sourceOf(row, place).includes('|')) + 1
  const lines = rows.slice(end).map((row) => {
    return block(row, 'p', convertInline(row.children[0]?.children ?? [], place))
  })
  return [table({ ...node, children: rows.slice(0, end) }, place), ...lines]
}

/** A row that is longer than the head keeps its cells. */
function table(node: Table, place: Place): Block {
  const columns = Math.max(...node.children.map(({ children }) => children.length))
  const [head, ...body] = node.children.map(({ children }, row): MarkdownElement => {
    const cells = Array.from({ length: columns }, (_, column): MarkdownElement => {
      const words = convertInline(children[column]?.children ?? [], { ...place, inCell: true })
      const align = node.align?.[column]
      return { tag: row === 0 ? 'th' : 'td', children: words, ...(align && { align }) }
    })
    return { tag: 'tr', children: cells }
  })
  const parts: MarkdownElement[] = [{ tag: 'thead', children: head ? [head] : [] }]
  if (body.length > 0) parts.push({ tag: 'tbody', children: body })
  return block(node, 'table', parts)
}
