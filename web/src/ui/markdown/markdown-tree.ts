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
  /** Of an item of a numbered list: its number as it was typed, where the browser would write another. */
  marker?: string
  /** Of a table cell. */
  align?: 'left' | 'center' | 'right'
  /** Of a task. */
  checked?: boolean
  /** Of a mention. */
  personId?: string
}

/** Every element that a text can contain, and `mention`: a person, by the name as it was written. */
export type MarkdownTag =
  | 'a'
  | 'blockquote'
  | 'code'
  | 'del'
  | 'em'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'hr'
  | 'input'
  | 'li'
  | 'mention'
  | 'ol'
  | 'p'
  | 'pre'
  | 'strong'
  | 'table'
  | 'tbody'
  | 'td'
  | 'th'
  | 'thead'
  | 'tr'
  | 'ul'
