import { isStaff } from '@deskbell/contract'
import type {
  ActorRef,
  DeskEvent,
  EventName,
  Meta,
  Position,
  Role,
  TicketRow,
} from '@deskbell/contract'

export interface Reader {
  id: string
  role: Role
}

/** An event as the log has it: what depends on the reader is there in both forms. */
export interface LoggedEvent extends Position {
  name: EventName
  at: string
  actor: ActorRef | null
  commandId: string | undefined
  ticketId: string | undefined
  audience: 'participants' | 'staff' | 'super_admins' | 'people' | 'others'
  people: readonly string[]
  notified: Readonly<Record<string, Pick<Meta, 'reason' | 'snooze'>>>
  data: object
  rows: { people: TicketRow; staff: TicketRow } | undefined
  /** Whether somebody of the staff had looked before the event. */
  wasLooked?: boolean
}

export function maySee({ audience, people }: LoggedEvent, { id, role }: Reader): boolean {
  switch (audience) {
    case 'participants':
      return isStaff(role) || people.includes(id)
    case 'staff':
      return isStaff(role)
    case 'super_admins':
      return role === 'super_admin'
    case 'people':
      return people.includes(id)
    case 'others':
      return !isStaff(role) && !people.includes(id)
  }
}

export function render(
  event: LoggedEvent,
  reader: Reader,
  after: number,
  isReplay: boolean,
): DeskEvent {
  const staff = isStaff(reader.role)
  const ticket = event.rows?.[staff ? 'staff' : 'people']
  const data = { ...event.data, ...(ticket && { ticket }) }
  if (staff && 'before' in data)
    data.before = { ...(data.before as object), looked: event.wasLooked }
  if (!staff && 'assignedActive' in data) delete data.assignedActive
  if (!staff && 'tag' in data) data.tag = { ...(data.tag as object), used: undefined }
  const { name, seq, tag, actor, at, commandId } = event
  return {
    name,
    data: structuredClone(data),
    meta: {
      seq,
      tag,
      after,
      version: ticket === undefined ? null : seq,
      actor,
      at,
      ...(commandId !== undefined && { commandId }),
      ...event.notified[reader.id],
      ...(isReplay && { replayed: true }),
    },
  } as DeskEvent
}
