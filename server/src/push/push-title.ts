import type { NotificationReason } from '@deskbell/contract'

interface Told {
  number: number
  reason: NotificationReason
  /** Null: the system. */
  who: string | null
}

/** What a device is told: who did what, and the number of the ticket. */
export function pushTitle({ number, reason, who }: Told): string {
  const by = who ?? 'Deskbell'
  switch (reason) {
    case 'mentioned':
      return `${by} mentioned you in #${number}`
    case 'assigned':
      return `${by} assigned #${number} to you`
    case 'urgent':
      return `#${number} is urgent`
    case 'unseen':
      return `Nobody has looked at #${number}`
    case 'reply':
      return `${by} wrote in #${number}`
    case 'watched':
      return `${by} changed #${number}`
    case 'access':
      return `${by} added you to #${number}`
  }
}
