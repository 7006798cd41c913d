import { ApiError } from '@deskbell/client'
import type { TimelineItem } from '@deskbell/contract'

interface Replied {
  version: number
  missed: readonly TimelineItem[]
  /** They are the newest of what was missed. */
  more: boolean
}

/** What the refusal of a stale reply says was missed; undefined for every other failure. */
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
