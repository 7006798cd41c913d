import { ApiError } from '@deskbell/client'
import type { TimelineItem } from '@deskbell/contract'

interface Replied {
  version: number
  missed: readonly TimelineItem[]
  /** There are older ones, too. */
  more: boolean
}

/** The missed items in the refusal of a stale reply; undefined for every other failure. */
export function repliedDetails(error: unknown): Replied | undefined {
  if (!(error instanceof ApiError) || error.code !== 'ticket.replied') return undefined
  return isReplied(error.details) ? error.details : { version: 0, missed: [], more: false }
}

function isReplied(details: unknown): details is Replied {
  if (typeof details !== 'object' || details === null) return false
  return (
    'version' in details &&
    typeof details.version === 'number' &&
    'missed' in details &&
    Array.isArray(details.missed) &&
    'more' in details &&
    typeof details.more === 'boolean'
  )
}
