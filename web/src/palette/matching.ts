import type { PaletteItem } from './palette-item.ts'

/** The items with every word of the query at the start of a word of theirs; best first. */
export function matching(items: readonly PaletteItem[], query: string): readonly PaletteItem[] {
  const wanted = wordsOf(query)
  if (wanted.length === 0) return items
  return items
    .filter(({ label, group }) => {
      const words = wordsOf(`${label} ${group}`)
      return wanted.every((part) => words.some((word) => word.startsWith(part)))
    })
    .toSorted((a, b) => Number(begins(b, query)) - Number(begins(a, query)))
}

function begins({ label }: PaletteItem, query: string): boolean {
  return label.toLocaleLowerCase().startsWith(query.trim().toLocaleLowerCase())
}

function wordsOf(text: string): string[] {
  return text.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
