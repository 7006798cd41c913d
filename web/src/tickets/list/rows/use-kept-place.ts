import type { ListItem } from '@deskbell/client'
import { useEffectEvent, useLayoutEffect, useRef } from 'react'
import { rowInPlaceOf } from './row-in-place-of.ts'

interface KeptPlace {
  /** Rows of different lists take no place of each other. */
  key: string
  /** The rows that are in the list. */
  rows: readonly ListItem[]
  /** The id of the current row. */
  current: string | undefined
  /** A menu of the current row is open: the place is kept until it closes. */
  held: boolean
  /** The current row, as it was last shown, has left, and `to` took its place. */
  onLeft: (left: ListItem, to: ListItem) => void
}

/** Tells when the current row has left the list, by whomever, and which row took its place. */
export function useKeptPlace({ key, rows, current, held, onLeft }: KeptPlace): void {
  const last = useRef({ key, rows, current })
  const tell = useEffectEvent(onLeft)

  useLayoutEffect(() => {
    if (held) return
    const before = last.current
    last.current = { key, rows, current }
    if (before.key !== key || before.rows === rows || before.current === undefined) return
    const now = new Map(rows.map((row) => [row.id, row]))
    const left = before.rows.find(({ id }) => id === before.current)
    if (left === undefined || now.has(left.id)) return
    const ids = before.rows.map(({ id }) => id)
    const to = rowInPlaceOf(left.id, ids, new Set(now.keys()))
    const row = to === undefined ? undefined : now.get(to)
    if (row !== undefined) tell(left, row)
  }, [key, rows, current, held])
}
