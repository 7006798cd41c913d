import { z } from 'zod'
import { limits } from './limits.ts'
import { GivenId, Id, PersonRef, Seq, Time } from './people.ts'
import { Eyes, Receipt } from './tickets.ts'

/** What a person does with a ticket that is open: `noting` is writing an internal note. */
export const Doing = z.enum(['viewing', 'replying', 'noting'])

/** The whole state of a tab, never a difference: the newest one replaces all before it. */
export const PresenceUpdate = z.strictObject({
  /** Grows with every update of a connection; the server ignores one that is not newer. */
  rev: Seq,
  /** The ticket that is open, and what the person does with it. `typing`: within the last seconds. */
  open: z.strictObject({ ticketId: GivenId, doing: Doing, typing: z.boolean() }).nullable(),
  /** The tickets on the screen. The server drops ids of tickets that the person may not see, or that do not exist. */
  onScreen: z.array(GivenId).max(limits.ticketsOnScreen),
  /** The tab is in the background. */
  hidden: z.boolean(),
  /** The number of the last event that this client has applied. */
  applied: Seq,
})

/** A person who has a ticket open. One person with several tabs is one entry. */
export const PresentPerson = z.strictObject({
  /** Null: someone of the staff, whom people who are not staff do not see by name. */
  person: PersonRef.nullable(),
  doing: Doing,
  typing: z.boolean(),
  /** All of the person's tabs with this ticket are in the background. */
  idle: z.boolean(),
  /** Since when the person has the ticket open; of someone without a name, since when they reply. */
  since: Time,
})

/** Who has a ticket open, as the reader may know it. */
export const TicketPresence = z.strictObject({
  ticketId: Id,
  /** Grows with every state of this ticket on a connection: an older state is ignored. */
  rev: z.int().min(1),
  /**
   * Those who do the most pressing things, in the order in which they came: at most 3 of a ticket in a list, 10 of the one
   * that is open.
   */
  people: z.array(PresentPerson).max(limits.presentOnTicket),
  /** How many others have it open, without the reader; 9 stands for 9 or more. Absent: nobody. */
  more: z.int().min(1).max(limits.presentCounted).optional(),
})

/** Who has looked at the ticket that is open, as the reader may know it: as in the answer of `GET /api/tickets/:ref`. */
export const TicketLooks = z.strictObject({
  ticketId: Id,
  /** The position of the log at which this is so: an older state is ignored. */
  seq: Seq,
  seenBy: z.array(Receipt),
  eyes: Eyes,
})

/** How often a client repeats its state while nothing changes, and after what time without one the server drops it. */
export const Timings = z.strictObject({ repeatMs: z.int(), expireMs: z.int() })

/** What the server says of people who are here now. Not part of the log: a message that is lost is not repeated. */
export const presenceEvents = {
  /** Only tickets on the receiver's screen. Until there is a state of a ticket, nobody has it open. */
  'presence:state': z.strictObject({ tickets: z.array(TicketPresence) }),
  /** Only of the ticket that is open. */
  'presence:looks': TicketLooks,
} as const
export type PresenceName = keyof typeof presenceEvents

/** What clients may send. Everything else is refused. */
export const clientEvents = { 'presence:update': PresenceUpdate } as const
export type ClientEventName = keyof typeof clientEvents
