import type { TicketState } from '@deskbell/client'
import { isStaff } from '@deskbell/contract'
import type { Receipt } from '@deskbell/contract'
import { useMemo } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { itemSeenByTeam, receiptsByItem, teamLooksAt } from './receipts.ts'
import type { TeamLooks } from './receipts.ts'

/** Who has seen which item, as the reader may know it. */
export interface SeenItems {
  /** By the item's number. */
  receipts: ReadonlyMap<number, readonly Receipt[]>
  /** The item at which the team looked, and when, for a reader who is not staff. */
  byTeam: { seq: number; at: string } | undefined
  /** For a reader of the staff. */
  teamLooks: TeamLooks | undefined
}

type Ready = Extract<TicketState, { status: 'ready' }>

export function useSeenItems({ timeline, gaps, seenBy, eyes }: Ready): SeenItems {
  const me = useMe()
  const { id, role } = me
  return useMemo(() => {
    const seq = isStaff(role) ? undefined : itemSeenByTeam(timeline, { id }, eyes)
    const at = eyes.lastAt
    return {
      receipts: receiptsByItem(timeline, gaps, seenBy),
      byTeam: seq === undefined || at === null ? undefined : { seq, at },
      teamLooks: teamLooksAt(timeline, eyes),
    }
  }, [timeline, gaps, seenBy, eyes, id, role])
}
