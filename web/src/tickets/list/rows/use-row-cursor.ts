import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** The row that the keyboard is on. A row takes the focus once for every move. */
export interface RowCursor {
  id: string | undefined
  to: (id: string) => void
  /** Like `to`, but takes no focus from an element outside the list. */
  backTo: (id: string) => void
  /** The row got the focus by other means, such as Tab or the pointer. */
  follow: (id: string) => void
  /** Whether this row should take the focus now; true once per move. The function keeps its identity. */
  takesFocus: (id: string) => boolean
}

export function useRowCursor(): RowCursor {
  const [at, setAt] = useState({ id: '', moves: 0, gently: false })
  const latest = useRef(at)
  const taken = useRef(0)
  useLayoutEffect(() => {
    latest.current = at
  }, [at])

  const takesFocus = useCallback((id: string) => {
    const move = latest.current
    if (id !== move.id || taken.current === move.moves) return false
    taken.current = move.moves
    return !move.gently || isFocusFree()
  }, [])

  return {
    id: at.id === '' ? undefined : at.id,
    to: (id) => setAt(({ moves }) => ({ id, moves: moves + 1, gently: false })),
    backTo: (id) => setAt(({ moves }) => ({ id, moves: moves + 1, gently: true })),
    follow: (id) => setAt((before) => (before.id === id ? before : { ...before, id })),
    takesFocus,
  }
}

function isFocusFree(): boolean {
  const { activeElement, body } = document
  return activeElement === body || activeElement?.closest('[data-list]') !== null
}
