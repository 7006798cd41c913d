import type { Reader, Reply, TicketItem } from '@deskbell/contract'
import { activeStatuses, isStaff, sideOf, turnOf } from '@deskbell/contract'
import { happened } from '../happened.ts'

type MissedTicket = Reply<'missed'>['tickets'][number]

export interface AwayLine {
  ticket: TicketItem
  /** What happened, oldest first: at most two sentences. */
  words: readonly string[]
  /** There is more than they say. */
  more: boolean
  /** What is the reader's to do; undefined when nothing is. */
  toDo: string | undefined
}

const order = ['Your answer', 'Nobody has it', undefined]

/** The lines of the panel: what is the reader’s to do comes first, and then what changed last. */
export function awayLines(tickets: readonly MissedTicket[], me: Reader): AwayLine[] {
  const lines = tickets.map(({ ticket, lines: items, earlier }) => {
    const words = items.flatMap((item) => happened(item, me.id) ?? [])
    const shown = words.slice(-2)
    return {
      ticket,
      words: shown,
      more: earlier || shown.length < items.length,
      toDo: toDo(ticket, me),
    }
  })
  return lines.toSorted((a, b) => order.indexOf(a.toDo) - order.indexOf(b.toDo))
}

function toDo(ticket: TicketItem, { id, role }: Reader): string | undefined {
  if (!activeStatuses.includes(ticket.status)) return undefined
  const own = sideOf({ id, staff: isStaff(role) }, ticket)
  if (own === 'requester') {
    const isAsked = ticket.creator.id === id && turnOf(ticket) === 'requester'
    return isAsked ? 'Your answer' : undefined
  }
  if (ticket.assignee === null) return 'Nobody has it'
  return ticket.assignee.id === id && turnOf(ticket) === 'team' ? 'Your answer' : undefined
}
