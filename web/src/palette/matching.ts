import { folded, foldedWords } from '@deskbell/contract'
import type { PaletteItem } from './palette-item.ts'

/**
 * The items in which every word of the query begins a word of the label or the group. Labels that begin with the
 * query come first.
 */
export function matching(items: readonly PaletteItem[], query: string): readonly PaletteItem[] {
  const wanted = foldedWords(query)
  if (wanted.length === 0) return items
  return items
    .filter(({ label, group }) => {
      const words = foldedWords(`${label} ${group}`)
      return wanted.every((part) => words.some((word) => word.startsWith(part)))
    })
    .toSorted((a, b) => Number(begins(b, query)) - Number(begins(a, query)))
}

function begins({ label }: PaletteItem, query: string): boolean {
  return folded(label).startsWith(folded(query.trim()))
}
