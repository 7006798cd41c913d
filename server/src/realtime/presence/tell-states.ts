import type { Reader } from '@deskbell/contract'
import type { Screen } from './screens.ts'
import type { Hearer } from './shown-people.ts'
import type { TicketStates, ToldState } from './ticket-states.ts'

/** A client's screen, and whose it is. */
export interface Listener extends Screen {
  id: string
  reader: Reader
  openId: string | undefined
}

interface Telling<L extends Listener> {
  /** All tickets on the screens are told, and not only those that are open. */
  withRows: boolean
  states: TicketStates
  hearerOf: (listener: L) => Hearer
  /** Whether a client does not read what it was sent. */
  isFull: (clientId: string) => boolean
  /** Tells these clients the same, the JSON of a `presence:state`. */
  tell: (clientIds: readonly string[], json: string) => void
}

/** Tells each listener what it was not told yet. False: some of them are full. */
export function tellStates<L extends Listener>(
  listeners: Iterable<L>,
  { withRows, states, hearerOf, isFull, tell }: Telling<L>,
): boolean {
  const messages = new Map<string, string[]>()
  let isDone = true
  for (const listener of listeners) {
    const ticketIds = withRows ? listener.shown : openOf(listener)
    const told = newStates(listener, ticketIds, hearerOf(listener), states)
    if (told.length === 0) continue
    if (isFull(listener.id)) {
      isDone = false
      continue
    }
    for (const [id, state] of told) listener.sent.set(id, state)
    const json = toJson(told)
    const ids = messages.get(json) ?? []
    messages.set(json, ids)
    ids.push(listener.id)
  }
  for (const [json, ids] of messages) tell(ids, json)
  return isDone
}

function newStates(
  listener: Listener,
  ticketIds: Iterable<string>,
  hearer: Hearer,
  states: TicketStates,
): [string, ToldState][] {
  const { openId, sent } = listener
  const personId = listener.reader.id
  const told: [string, ToldState][] = []
  for (const id of ticketIds) {
    const state = states.newer(id, { hearer, personId, isOpen: id === openId }, sent.get(id))
    if (state !== undefined) told.push([id, state])
  }
  return told
}

/** The ticket that is open, if its reader may still see it. */
function openOf({ openId, shown }: Listener): string[] {
  return openId !== undefined && shown.has(openId) ? [openId] : []
}

function toJson(told: readonly [string, ToldState][]): string {
  const tickets = told.map(
    ([ticketId, { rev, said }]) => `{"ticketId":"${ticketId}","rev":${rev},${said.slice(1)}`,
  )
  return `{"tickets":[${tickets.join()}]}`
}
