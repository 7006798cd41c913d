import { cleanPiece, mentionsIn } from '@deskbell/contract'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Extension } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { convertBlocks } from './convert-blocks.ts'
import type { MarkdownNode, MarkdownTree } from './markdown-tree.ts'

/** The page creates and lays out this many elements and pieces of text well within 50 ms. */
export const nodesAtMost = 2_000

/** Room for more than 20 nested quotes or lists. */
export const depthAtMost = 48

/**
 * The tree of a text, or undefined when it is larger than a page can show at once. The tree shows every visible
 * character of the text, except marks that give it a format. May take minutes for a malicious text, so it runs only in
 * the worker.
 */
export function parseMarkdown(text: string): MarkdownTree | undefined {
  const source = endQuotes(cleanPiece(text))
  const tree = fromMarkdown(source, {
    extensions: [gfm({ singleTilde: false }), { disable: { null: swallowing } }],
    mdastExtensions: [gfmFromMarkdown(), keepIndents],
  })
  if (sourceSize(tree, 0) > nodesAtMost) return undefined
  const mentions = new Map(mentionsIn(source).map((mention) => [mention.start, mention]))
  const nodes = convertBlocks(tree.children, { source, mentions, nested: false })
  const size = sizeOf(nodes)
  return size > nodesAtMost ? undefined : { nodes, size }
}

/**
 * Parts of Markdown that hide what people type without meaning them: `[ERROR]: timeout` is a definition, `\"` an escape,
 * `&copy` in an address a sign, and a line under a word makes the word a heading. HTML is text.
 */
const swallowing = [
  'definition',
  'gfmFootnoteDefinition',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
  'characterEscape',
  'characterReference',
  'hardBreakEscape',
  'htmlFlow',
  'setextUnderline',
]

/** A line right below a quote answers it. Markdown would make it a part of the quote. */
function endQuotes(text: string): string {
  const lines = text.split('\n')
  let fenced = false
  let quoted = false
  const ended = lines.flatMap((line) => {
    if (/^ {0,3}```/.test(line)) fenced = !fenced
    const answers = quoted && !fenced && !/^ {0,3}>|^\s*$/.test(line)
    quoted = /^ {0,3}>{1,2}(?:\s|$)/.test(line)
    return answers ? ['', line] : [line]
  })
  return ended.join('\n')
}

/** The parser drops the spaces at the beginning of a line; columns and stack traces need them. */
const keepIndents: Extension = {
  exit: {
    linePrefix(token) {
      const [outer, parent] = this.stack.slice(-2)
      if (outer?.type === 'code' || parent === undefined || !('children' in parent)) return
      const last = parent.children.at(-1)
      if (last?.type !== 'break' && !(last?.type === 'text' && last.value.endsWith('\n'))) return
      this.config.enter['data']?.call(this, token)
      this.config.exit['data']?.call(this, token)
    },
  },
}

/** The number of nodes; Infinity when the tree is deeper than `depthAtMost`. */
function sourceSize(node: Nodes, depth: number): number {
  if (depth > depthAtMost) return Infinity
  if (!('children' in node)) return 1
  const inside = node.children.reduce((sum, child) => sum + sourceSize(child, depth + 1), 0)
  if (node.type !== 'table') return 1 + inside
  // Every row gets as many cells as the longest, so a table with one letter a line could create millions.
  const columns = Math.max(...node.children.map(({ children }) => children.length))
  return columns * node.children.length + inside
}

function sizeOf(nodes: readonly MarkdownNode[]): number {
  return nodes.reduce<number>(
    (sum, node) => sum + 1 + (typeof node === 'string' ? 0 : sizeOf(node.children)),
    0,
  )
}
