import { isStaff, sideOf, turnOf } from '@deskbell/contract'
import type { Reader, Side, TicketRow } from '@deskbell/contract'
import { isolated } from '../../../ui/words/isolated.ts'

export interface LastWords {
  /** Who wrote last, by the first name: “You”, “Grace”, “The team”. */
  who: string
  /** What they did: “replied”. */
  did: string
  /** The same with the whole name, and whose turn it is. */
  whole: string
  /** The reader's side is to answer. */
  isYours: boolean
}

type Row = Pick<TicketRow, 'status' | 'creator' | 'lastAuthor'>

/** Who wrote last on a ticket and whose turn it is, in the terms of the reader. */
export function lastWords(row: Row, { id, role }: Reader): LastWords {
  const { lastAuthor } = row
  const [side, own] = [sideOf(lastAuthor, row), sideOf({ id, staff: isStaff(role) }, row)]
  const turn = turnOf(row)
  const isYou = lastAuthor.id === id
  const isTeam = side === 'team' && own === 'requester'
  const did = side === 'requester' ? 'wrote' : isTeam ? 'answered' : 'replied'
  return {
    who: isYou ? 'You' : isTeam ? 'The team' : firstName(lastAuthor.name),
    did,
    whole: `${isYou ? 'You' : isolated(lastAuthor.name)} ${did} last${turnWords(turn, own)}`,
    isYours: turn === own,
  }
}

function turnWords(turn: Side | null, own: Side): string {
  if (turn === null) return ''
  if (turn !== own) return `: it is the ${turn}’s turn`
  return own === 'team' ? ': it is your team’s turn' : ': it is your turn'
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}
