import { isolated } from '../ui/words/isolated.ts'
import { StatusIcon } from '../ui/marks/status-icon.tsx'
import { foundComment } from '../tickets/found-comment.ts'
import type { PaletteItem } from './palette-item.ts'
import type { Found } from './use-ticket-search.ts'

/** Tickets as lines of the palette; those with the words in their title come first. */
export function ticketItems(
  found: readonly Found[],
  open: (number: string, commentId: string | undefined) => void,
): PaletteItem[] {
  return found.toSorted(titlesFirst).map(({ number, title, status, matches }) => {
    const match = matches?.find((one) => one.in !== 'title')
    return {
      id: `ticket-${number}`,
      group: 'Tickets',
      label: `#${number} ${isolated(title)}`,
      icon: <StatusIcon status={status} />,
      ...(match === undefined ? {} : { match }),
      run: () => open(String(number), foundComment(matches)),
    }
  })
}

function titlesFirst(a: Found, b: Found): number {
  return Number(inTitle(b)) - Number(inTitle(a))
}

function inTitle({ matches }: Found): boolean {
  return matches?.some((match) => match.in === 'title') ?? false
}
