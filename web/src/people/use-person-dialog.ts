import { useCallback, useState } from 'react'

export type PersonActKind =
  | 'role'
  | 'link'
  | 'withdraw'
  | 'endSessions'
  | 'deactivate'
  | 'reactivate'

/** An act and the person on whom it is done. */
export interface PersonAct {
  kind: PersonActKind
  personId: string
}

export interface PersonDialog {
  /** The act that the dialog shows; it stays while the dialog fades out. */
  act: PersonAct | { kind: 'invite' } | undefined
  opened: boolean
  /** Changes with each opening, so that a dialog never starts with the state of an earlier one. */
  turn: number
  open: (act: PersonAct | { kind: 'invite' }) => void
  close: () => void
}

/** Opens one dialog at a time: at first `first`, if given. */
export function usePersonDialog(first?: PersonDialog['act']): PersonDialog {
  const [state, setState] = useState<Pick<PersonDialog, 'act' | 'opened' | 'turn'>>({
    act: first,
    opened: first !== undefined,
    turn: 0,
  })
  const open = useCallback<PersonDialog['open']>(
    (act) => setState(({ turn }) => ({ act, opened: true, turn: turn + 1 })),
    [],
  )
  return {
    ...state,
    open,
    close: () => setState((old) => ({ ...old, opened: false })),
  }
}
