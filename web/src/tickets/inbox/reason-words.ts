import type { NotificationReason } from '@deskbell/contract'

/** Why something is in the inbox: in short, and as a sentence that says what brought it there. */
export const reasonWords: Record<NotificationReason, { short: string; why: string }> = {
  mentioned: { short: 'You were mentioned', why: 'Someone wrote your name in it.' },
  assigned: { short: 'Assigned to you', why: 'You are to work on it.' },
  urgent: { short: 'It is urgent', why: 'You see urgent tickets.' },
  unseen: { short: 'Nobody has looked', why: 'It is urgent, and nobody of the team has looked.' },
  reply: { short: 'New reply', why: 'You raised it, work on it or watch it.' },
  watched: { short: 'It changed', why: 'You raised it, work on it or watch it.' },
  access: { short: 'You were added', why: 'You may see this ticket now.' },
}
