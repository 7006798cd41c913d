import { markdownTable } from './markdown-table.ts'

interface HtmlText {
  /** The text of a document, with its tables as Markdown. */
  text: string
  hasTable: boolean
}

/** More than ten times the longest text that a comment can have. Larger HTML would block the page. */
const htmlAtMost = 1_000_000

/** Reads HTML that another program put into the clipboard. Nothing in it runs or loads: it never joins the page. */
export function htmlText(html: string): HtmlText {
  if (html.length > htmlAtMost) return { text: '', hasTable: false }
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const blocks: string[] = ['']
  const hasTable = read(body, blocks)
  const lines = blocks.map((block) => block.trim()).filter((block) => block !== '')
  const text = lines.map((block) => (block.startsWith('| ') ? `\n${block}\n` : block)).join('\n')
  return { text: text.trim(), hasTable }
}

/** Adds the texts of a node to the blocks, and says whether there was a table. */
function read(node: Node, blocks: string[]): boolean {
  let hasTable = false
  for (const child of node.childNodes) {
    if (child instanceof Text) add(blocks, child.data.replaceAll(/\s+/g, ' '))
    if (!(child instanceof Element) || child.matches('style, script, title')) continue
    if (child.matches('br')) begin(blocks, '')
    const table = child instanceof HTMLTableElement ? markdownTable(child) : undefined
    const isBlock = child.matches(blockElements)
    if (isBlock) begin(blocks, child.matches('li') ? bullet : '')
    if (table !== undefined) add(blocks, table)
    else if (child.matches('pre')) add(blocks, child.textContent)
    else hasTable = read(child, blocks) || hasTable
    if (isBlock) begin(blocks, '')
    hasTable ||= table !== undefined
  }
  return hasTable
}

/** The words of an item stand beside its bullet, also when they are a paragraph. */
function begin(blocks: string[], text: string): void {
  if (text === '' && blocks.at(-1) === bullet) return
  blocks.push(text)
}

function add(blocks: string[], text: string): void {
  blocks[blocks.length - 1] += text
}

const bullet = '- '

const blockElements =
  'address, article, blockquote, dd, div, dl, dt, figure, footer, h1, h2, h3, h4, h5, h6, header, hr, li, main, ol, p, pre, section, table, td, th, tr, ul'
