/** A formatted text: plain data that the worker sends to the page, with nothing that a browser would run. */
export interface MarkdownTree {
  nodes: readonly MarkdownNode[]
  /** The number of its elements and pieces of text. */
  size: number
}

export type MarkdownNode = string | MarkdownElement

export interface MarkdownElement {
  tag: MarkdownTag
  children: readonly MarkdownNode[]
  /** Of a link: it is checked, and leads to a web page or to a mail or chat program. */
  href?: string
  title?: string
  /** Of a numbered list: its first number. */
  start?: number
  /** Of a table cell. */
  align?: 'left' | 'center' | 'right'
  /** Of a task. */
  checked?: boolean
}

/** Every element that a text can contain. */
export const markdownTags = [
  'a',
  'blockquote',
  'code',
  'del',
  'em',
  'h3',
  'h4',
  'h5',
  'h6',
  'hr',
  'input',
  'li',
  'ol',
  'p',
  'pre',
  'section',
  'strong',
  'sup',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
] as const
export type MarkdownTag = (typeof markdownTags)[number]
