import { hasVisible } from '@deskbell/contract'
import type { Mention } from '@deskbell/contract'
import type { Delete, Emphasis, Image, InlineCode, Link, PhrasingContent, Strong } from 'mdast'
import { isCodeMeant, isMeant } from './is-meant.ts'
import type { MarkdownNode } from './markdown-tree.ts'

/** The text, and where in it the converted nodes are. */
export interface Place {
  source: string
  /** Its mentions, by where they start. */
  mentions: ReadonlyMap<number, Mention>
  /** In a quote or a list, whose marks stand in front of the lines. */
  nested: boolean
  inLink?: boolean
  inCell?: boolean
}

/** The part of the text from which a node was read; nothing for one that the parser added. */
export function sourceOf(node: Positioned, { source }: Place): string {
  const [start, end] = rangeOf(node)
  return source.slice(start, end)
}

interface Positioned {
  position?: { start: Point; end: Point } | undefined
}

interface Point {
  line: number
  offset?: number | undefined
}

function rangeOf({ position }: Positioned): [number, number] {
  return [position?.start.offset ?? 0, position?.end.offset ?? 0]
}

export function convertInline(nodes: readonly PhrasingContent[], place: Place): MarkdownNode[] {
  return joined(
    nodes.flatMap((node, index) => {
      const next = mentionAt(nodes[index + 1], node, place)
      if (next !== undefined && node.type === 'text')
        return [written(node.value.slice(0, -1), place)]
      const mention = mentionAt(node, nodes[index - 1], place)
      return mention === undefined ? convert(node, place) : [chip(mention)]
    }),
  )
}

/** The parser reads a mention as a link behind an `@`. */
function mentionAt(
  link: PhrasingContent | undefined,
  before: PhrasingContent | undefined,
  { source, mentions }: Place,
): Mention | undefined {
  if (link?.type !== 'link' || before?.type !== 'text' || !before.value.endsWith('@'))
    return undefined
  const [start, end] = rangeOf(link)
  const mention = mentions.get(start - 1)
  return mention?.end === end && source[start] === '[' ? mention : undefined
}

function chip({ personId, name }: Mention): MarkdownNode {
  return { tag: 'mention', children: [name], personId }
}

/** The lines of one paragraph are one piece of text. */
export function joined(nodes: readonly MarkdownNode[]): MarkdownNode[] {
  const made: MarkdownNode[] = []
  for (const node of nodes) {
    const last = made.at(-1)
    if (typeof node === 'string' && typeof last === 'string') made[made.length - 1] = last + node
    else if (node !== '') made.push(node)
  }
  return made
}

function convert(node: PhrasingContent, place: Place): readonly MarkdownNode[] {
  switch (node.type) {
    case 'text':
    case 'html':
      return [written(node.value, place)]
    case 'break':
      return ['\n']
    case 'inlineCode':
      return code(node, place)
    case 'emphasis':
      return marked(node, 'em', 1, place)
    case 'strong':
      return marked(node, 'strong', 2, place)
    case 'delete':
      return marked(node, 'del', 2, place)
    case 'link':
      return link(node, place)
    case 'image':
      return image(node, place)
    default:
      return [written(sourceOf(node, place), place)]
  }
}

/** In a table, `\|` is the only way to write this character. */
function written(text: string, { inCell }: Place): string {
  return inCell === true ? text.replaceAll(String.raw`\|`, '|') : text
}

function code(node: InlineCode, place: Place): readonly MarkdownNode[] {
  const [start] = rangeOf(node)
  if (isCodeMeant(place.source, start)) return [{ tag: 'code', children: [node.value] }]
  return [written(sourceOf(node, place), place)]
}

function marked(
  node: Emphasis | Strong | Delete,
  tag: 'em' | 'strong' | 'del',
  mark: number,
  place: Place,
): readonly MarkdownNode[] {
  const [start, end] = rangeOf(node)
  const children = convertInline(node.children, place)
  if (isMeant(place.source, { start, end, mark })) return [{ tag, children }]
  return [place.source.slice(start, start + mark), ...children, place.source.slice(end - mark, end)]
}

function link(node: Link, place: Place): readonly MarkdownNode[] {
  const [start, end] = rangeOf(node)
  const children = convertInline(node.children, { ...place, inLink: true })
  const opening = place.source[start]
  // An address without marks. The parser does not say of all of them where they stand.
  const isLink = place.inLink !== true && opensSomething(node.url)
  const shown = isLink ? [target(node, children)] : children
  if (node.position === undefined || (opening !== '[' && opening !== '<')) return shown
  if (opening === '<') return ['<', ...shown, '>']
  const [from, to] = rangeOf({ position: spanOf(node.children) })
  const shows = hasVisible(place.source.slice(from, to))
  if (isLink && shows && !isEscaped(place.source, start)) return shown
  if (!shows) return [written(place.source.slice(start, end), place)]
  return [place.source.slice(start, from), ...children, written(place.source.slice(to, end), place)]
}

function spanOf(nodes: readonly PhrasingContent[]): Positioned['position'] {
  const [first, last] = [nodes[0]?.position, nodes.at(-1)?.position]
  return first && last && { start: first.start, end: last.end }
}

/** An image from another server would tell that server who reads the text and when, so it becomes a link. */
function image(node: Image, place: Place): readonly MarkdownNode[] {
  const [start] = rangeOf(node)
  if (!opensSomething(node.url) || isEscaped(place.source, start))
    return [written(sourceOf(node, place), place)]
  const typed = sourceOf(node, place)
  const label = written(typed.slice('!['.length, typed.lastIndexOf('](')), place)
  const words = hasVisible(label) ? label : 'Image'
  return place.inLink === true ? [words] : [target(node, [words])]
}

function target({ url, title }: Link | Image, children: readonly MarkdownNode[]): MarkdownNode {
  return { tag: 'a', children, href: url, ...(title && { title }) }
}

function isEscaped(source: string, at: number): boolean {
  return source[at - 1] === '\\'
}

const protocols = ['http:', 'https:', 'mailto:', 'irc:', 'ircs:', 'xmpp:']

/** An address that the browser or another program opens. One without a protocol leads nowhere from here. */
function opensSomething(href: string): boolean {
  const address = URL.parse(href)
  return (
    address !== null && protocols.includes(address.protocol) && address.href !== address.protocol
  )
}
