import type { TicketRow } from '@deskbell/contract'

export interface Place {
  left: number
  top: number
  height: number
}

/** The place of the row's title, or of the selection's count when the row is not rendered. */
export function placeOf(row: Pick<TicketRow, 'number'> | undefined): Place | undefined {
  const element =
    document.querySelector(`li[data-number="${row?.number}"] a`) ??
    document.querySelector('[role="toolbar"] output')
  if (element === null) return undefined
  const { left, top, height } = element.getBoundingClientRect()
  return { left, top, height }
}
