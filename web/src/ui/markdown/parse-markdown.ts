import { cleanPiece } from '@deskbell/contract'
import type { Element, ElementContent, RootContent } from 'hast'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { newlineToBreak } from 'mdast-util-newline-to-break'
import { toHast } from 'mdast-util-to-hast'
import { gfm } from 'micromark-extension-gfm'
import { markdownTags } from './markdown-tree.ts'
import type { MarkdownElement, MarkdownNode, MarkdownTag, MarkdownTree } from './markdown-tree.ts'

/** The page creates and lays out this many elements and pieces of text well within 50 ms. */
export const nodesAtMost = 2_000

/** Room for more than 20 nested quotes or lists. */
export const depthAtMost = 48

/** Counts addresses and titles of links: many links may refer to one definition, and each repeats all of it. */
export const linkCharactersAtMost = 200_000

/**
 * The tree of a text, or undefined when it is larger than a page can show at once. HTML in the text stays text. May
 * take minutes for a malicious text, so it runs only in the worker.
 */
export function parseMarkdown(text: string): MarkdownTree | undefined {
  const source = fromMarkdown(text, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  })
  if (sizeOf(source, 0) > nodesAtMost) return undefined
  newlineToBreak(source)
  const tree = toHast(source, { allowDangerousHtml: true })
  const budget = { nodes: nodesAtMost, linkCharacters: linkCharactersAtMost }
  const nodes = 'children' in tree ? convertAll(tree.children, budget, false) : []
  if (budget.nodes < 0 || budget.linkCharacters < 0) return undefined
  return { nodes, size: nodesAtMost - budget.nodes }
}

/** The number of nodes; Infinity when the tree is deeper than `depthAtMost`. */
function sizeOf(node: Nodes, depth: number): number {
  if (depth > depthAtMost) return Infinity
  if (!('children' in node)) return 1
  // Every row gets as many cells as the head, written or not, so a table with one letter a line could create
  // millions.
  if (node.type === 'table') return (node.align?.length ?? 0) * node.children.length + inside()
  return 1 + inside()

  function inside(): number {
    if (!('children' in node)) return 0
    return node.children.reduce((sum, child) => sum + sizeOf(child, depth + 1), 0)
  }
}

interface Budget {
  nodes: number
  linkCharacters: number
}

function convertAll(
  children: readonly (RootContent | ElementContent)[],
  budget: Budget,
  inLink: boolean,
): MarkdownNode[] {
  const nodes: MarkdownNode[] = []
  for (const child of children) {
    for (const node of convert(child, budget, inLink)) {
      const last = nodes.at(-1)
      // The lines of one paragraph are one piece of text.
      if (typeof node === 'string' && typeof last === 'string')
        nodes[nodes.length - 1] = last + node
      else {
        budget.nodes -= 1
        nodes.push(node)
      }
    }
  }
  return nodes
}

function convert(
  node: RootContent | ElementContent,
  budget: Budget,
  inLink: boolean,
): readonly MarkdownNode[] {
  // A line end within the text is a break by now, so a remaining one stands between elements. Entities such as
  // `&#x202e;` are characters by now, and direction overrides are removed as in typed text.
  if (node.type === 'text') return node.value === '\n' ? [] : [cleanPiece(node.value)]
  if (node.type === 'raw') return [node.value]
  if (node.type !== 'element') return []
  return convertElement(node, budget, inLink)
}

function convertElement(
  element: Element,
  budget: Budget,
  inLink: boolean,
): readonly MarkdownNode[] {
  const { tagName, properties, children } = element
  if (tagName === 'br') return ['\n']
  // Footnotes are numbered and stand at the end. Links to them would need ids that are unique on the page.
  if ('dataFootnoteBackref' in properties) return []
  if ('dataFootnoteRef' in properties) return convertAll(children, budget, inLink)
  if (tagName === 'img') return imageLink(element, budget, inLink)
  const tag = tagOf(tagName)
  const inside = convertAll(children, budget, inLink || tag === 'a')
  if (tag === undefined) return inside
  const made: MarkdownElement = { tag, children: inside }
  if (tag === 'a') addTarget(made, properties['href'], properties['title'], budget)
  if (tag === 'input') made.checked = properties['checked'] === true
  const { start, align } = properties
  if (tag === 'ol' && typeof start === 'number') made.start = start
  if (align === 'left' || align === 'center' || align === 'right') made.align = align
  return [made]
}

/** An image from another server would tell that server who reads the text and when, so it becomes a link. */
function imageLink({ properties }: Element, budget: Budget, inLink: boolean) {
  const { src, alt, title } = properties
  const words = typeof alt === 'string' && alt !== '' ? cleanPiece(alt) : 'Image'
  if (inLink) return [words]
  const link: MarkdownElement = { tag: 'a', children: [words] }
  addTarget(link, src, title, budget)
  return [link]
}

function addTarget(link: MarkdownElement, href: unknown, title: unknown, budget: Budget): void {
  if (typeof href === 'string' && isSafe(href)) link.href = href
  if (typeof title === 'string') link.title = cleanPiece(title)
  budget.linkCharacters -= (link.href?.length ?? 0) + (link.title?.length ?? 0)
}

const protocols = ['http:', 'https:', 'mailto:', 'irc:', 'ircs:', 'xmpp:']

function isSafe(href: string): boolean {
  const address = URL.parse(href, 'https://relative.invalid')
  return address !== null && protocols.includes(address.protocol)
}

/** The page's own headings come first, so a text's headings start two levels lower. */
const headings: Record<string, MarkdownTag> = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' }

function tagOf(name: string): MarkdownTag | undefined {
  return headings[name] ?? markdownTags.find((tag) => tag === name)
}
