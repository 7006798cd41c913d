import { useState } from 'react'

export interface Selection {
  ids: ReadonlySet<string>
  toggle: (id: string) => void
  /** Selects the rows from the last selected one to this one. */
  extend: (id: string, order: readonly string[]) => void
  clear: () => void
}

const nothing: ReadonlySet<string> = new Set()

/** The selected rows of one list (`key`). */
export function useSelection(key: string): Selection {
  const [state, setState] = useState({ key, ids: nothing, last: '' })
  const { ids, last } = state.key === key ? state : { ids: nothing, last: '' }
  return {
    ids,
    toggle: (id) => {
      const next = new Set(ids)
      if (!next.delete(id)) next.add(id)
      setState({ key, ids: next, last: id })
    },
    extend: (id, order) => {
      const ends = [order.indexOf(last), order.indexOf(id)].filter((index) => index >= 0)
      const range = order.slice(Math.min(...ends), Math.max(...ends) + 1)
      setState({ key, ids: new Set([...ids, ...range]), last: id })
    },
    clear: () => setState({ key, ids: nothing, last: '' }),
  }
}
