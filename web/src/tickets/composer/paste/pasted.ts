import { hasVisible } from '@deskbell/contract'
import { filesOf } from '../files/files-of.ts'
import { htmlText } from './html-text.ts'

export type Pasted =
  | { kind: 'files'; files: readonly File[] }
  | { kind: 'text' | 'table'; text: string }
  /** The browser does the same. */
  | { kind: 'plain' }

/**
 * What a paste brings. Office programs and browsers copy text with its HTML and a picture of it: the text is wanted, and
 * of the HTML its tables. A picture comes alone, or in HTML without words; a file with its name.
 */
export function pasted(clipboard: DataTransfer): Pasted {
  const files = filesOf(clipboard)
  const plain = clipboard.getData('text/plain')
  const html = htmlText(clipboard.getData('text/html'))
  if (files.length > 0 && !hasText(html.text, plain, clipboard.files))
    return { kind: 'files', files }
  if (html.hasTable) return { kind: 'table', text: html.text }
  if (!hasVisible(plain) && hasVisible(html.text)) return { kind: 'text', text: html.text }
  return files.length > 0 ? { kind: 'text', text: plain } : { kind: 'plain' }
}

function hasText(html: string, plain: string, files: FileList): boolean {
  if (hasVisible(html)) return true
  const lines = plain.split('\n').filter(hasVisible)
  const names = Array.from(files, ({ name }) => name)
  return lines.some((line) => !names.some((name) => decoded(line.trim()).endsWith(name)))
}

/** File managers copy paths, or addresses with escaped characters. */
function decoded(line: string): string {
  try {
    return decodeURIComponent(line)
  } catch {
    return line
  }
}
