/** What a text becomes: plain data that crosses from the worker to the page, and nothing that a browser would run. */
export interface MarkdownTree {
  nodes: readonly MarkdownNode[]
  /** How many elements and pieces of text it has in all. */
  size: number
}

export type MarkdownNode = string | MarkdownElement

export interface MarkdownElement {
  tag: MarkdownTag
  children: readonly MarkdownNode[]
  /** Of a link: checked, it leads to the web or to a mail program. */
  href?: string
  title?: string
  /** Of a numbered list. */
  start?: number
  /** Of a cell. */
  align?: 'left' | 'center' | 'right'
  /** Of a task. */
  checked?: boolean
}

/** Every element that a text can make. */
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
