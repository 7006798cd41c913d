import { useRef, useState } from 'react'

/** Which row the keyboard is on. A row takes the focus once for every move. */
export interface RowCursor {
  id: string | undefined
  to: (id: string) => void
  /** As `to`, but leaves the focus to what is outside the list. */
  backTo: (id: string) => void
  /** Whether this row should take the focus now; true once per move. */
  takesFocus: (id: string) => boolean
}

export function useRowCursor(): RowCursor {
  const [at, setAt] = useState({ id: '', moves: 0, gently: false })
  const taken = useRef(0)
  return {
    id: at.id === '' ? undefined : at.id,
    to: (id) => setAt(({ moves }) => ({ id, moves: moves + 1, gently: false })),
    backTo: (id) => setAt(({ moves }) => ({ id, moves: moves + 1, gently: true })),
    takesFocus: (id) => {
      if (id !== at.id || taken.current === at.moves) return false
      taken.current = at.moves
      return !at.gently || isFocusFree()
    },
  }
}

function isFocusFree(): boolean {
  const { activeElement, body } = document
  return activeElement === body || activeElement?.closest('[data-list]') !== null
}
