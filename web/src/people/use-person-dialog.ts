import { useState } from 'react'

export type PersonActKind =
  | 'role'
  | 'link'
  | 'withdraw'
  | 'endSessions'
  | 'deactivate'
  | 'reactivate'

/** Something to do with someone. */
export interface PersonAct {
  kind: PersonActKind
  personId: string
}

export interface PersonDialog {
  /** What the dialog is about; it stays while the dialog fades. */
  act: PersonAct | { kind: 'invite' } | undefined
  opened: boolean
  /** Changes with each opening, so that no dialog starts with what another left. */
  turn: number
  open: (act: PersonAct | { kind: 'invite' }) => void
  close: () => void
}

/** One dialog at a time: at first the one that was asked for, if any. */
export function usePersonDialog(first?: PersonDialog['act']): PersonDialog {
  const [state, setState] = useState<Pick<PersonDialog, 'act' | 'opened' | 'turn'>>({
    act: first,
    opened: first !== undefined,
    turn: 0,
  })
  return {
    ...state,
    open: (act) => setState(({ turn }) => ({ act, opened: true, turn: turn + 1 })),
    close: () => setState((old) => ({ ...old, opened: false })),
  }
}
