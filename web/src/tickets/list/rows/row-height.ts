import type { ListItem } from '@deskbell/client'

/** What a row beside the title takes of a narrow list, in pixels, and what a letter of the title takes on average. */
const besidesPx = 98
const letterPx = 7
const linePx = 20

/** The lines of a row's title: a narrow list gives a long one two. `width`: that of the list, in pixels. */
export function titleLines(title: string, width: number, narrow: boolean): 1 | 2 {
  if (!narrow) return 1
  // Letters of East Asia are about twice as wide.
  const wide = title.match(/[\u2e80-\uffff]/g)?.length ?? 0
  return (title.length + wide) * letterPx > width - besidesPx ? 2 : 1
}

/** The height of a row in pixels: a narrow list has two lines or three, and a search adds the text that it found. */
export function rowHeight(row: ListItem | undefined, width: number, narrow: boolean): number {
  const found = row?.matches?.some((match) => match.in !== 'title') ?? false
  const lines = titleLines(row?.title ?? '', width, narrow)
  return (narrow ? 60 : 44) + (lines - 1) * linePx + (found ? 16 : 0)
}
