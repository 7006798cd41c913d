import { useRef, useState } from 'react'

/** Which row the keyboard is on. A row takes the focus once for every move. */
export interface RowCursor {
  id: string | undefined
  to: (id: string) => void
  /** Whether this row should take the focus now; true once per move. */
  takesFocus: (id: string) => boolean
}

export function useRowCursor(): RowCursor {
  const [id, setId] = useState<string>()
  const [moves, setMoves] = useState(0)
  const taken = useRef(0)
  return {
    id,
    to: (next) => {
      setId(next)
      setMoves((count) => count + 1)
    },
    takesFocus: (row) => {
      if (row !== id || taken.current === moves) return false
      taken.current = moves
      return true
    },
  }
}
