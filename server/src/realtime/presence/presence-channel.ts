import { isStaff } from '@deskbell/contract'
import type { PersonRef, PresenceUpdate, Reader, TicketLooks } from '@deskbell/contract'
import type { Clock } from '../../log/clock.ts'
import type { LogFollower } from '../../log/follow-log.ts'
import type { LoggedEvent } from '../../log/logged-event.ts'
import { createAllowances } from '../allowance.ts'
import type { PresenceHub } from './hub.ts'
import { namesReaders } from './known-readers.ts'
import type { KnownReaders } from './known-readers.ts'
import { createLooksChannel } from './looks-channel.ts'
import type { ReadLooks } from './looks-channel.ts'
import { createScreens } from './screens.ts'
import type { Screens } from './screens.ts'
import { createTicketStates } from './ticket-states.ts'
import { tellStates } from './tell-states.ts'
import type { Listener } from './tell-states.ts'
import type { Hearer } from './shown-people.ts'

/** Hears what is on the screens of clients, and tells each of them who has these tickets open. */
export interface PresenceChannel {
  /** A client was greeted. Returns what to call with each of its updates, and when it is gone. */
  join(client: PresenceClient): PresenceTab
  stop(): void
}

export interface PresenceTab {
  hear(update: PresenceUpdate): void
  leave(): void
}

/** A connected client; `id` is that of its socket. */
export interface PresenceClient {
  id: string
  reader: Reader
  sessionId: string
  person: PersonRef
}

interface Tab extends PresenceClient, Listener {
  isStaff: boolean
  /** What the client sent last, and whether it waits to be taken in. */
  update: PresenceUpdate | undefined
  isWaiting: boolean
  takenAt: number
}

/** How often a state is taken in and told: of the open ticket, and of the rows of a list. */
const tickMs = 250
const rowsEveryMs = 1_000
/** Tickets that this node does not know cost a query: a person's tabs may ask for so many at once, and then a second. */
const unknownTickets = { atOnce: 300, perSecond: 30 }

interface Parts {
  hub: PresenceHub
  known: KnownReaders
  follower: LogFollower
  /** Whether a client does not read what it was sent. */
  isFull: (clientId: string) => boolean
  /** Tells these clients the same, the JSON of a `presence:state`. */
  tell: (clientIds: readonly string[], json: string) => void
  /** Whether the desk lets requesters see staff by name. */
  showsStaffNames: () => boolean
  /** Reads who has looked at tickets, and tells these clients the same of one. */
  readLooks: ReadLooks
  tellLooks: (clientIds: readonly string[], looks: TicketLooks) => void
  clock: Clock
  reportBug: (bug: unknown) => void
}

export function createPresenceChannel(parts: Parts): PresenceChannel {
  const { hub, known, follower, isFull, tell, clock, showsStaffNames } = parts
  const tabs = new Set<Tab>()
  const mayLearn = createAllowances(unknownTickets, clock.now)
  const states = createTicketStates(hub.tabsOn)
  const screens = createScreens<Tab>(states.forget)
  const looks = createLooksChannel({
    ...parts,
    read: parts.readLooks,
    tell: parts.tellLooks,
    viewersOf: (id) => Array.from(screens.with(id)).filter((tab) => tab.openId === id),
    openTickets: () => new Set([...tabs].flatMap(({ openId }) => openId ?? [])),
  })
  let tickedAt = -Infinity
  let rowsToldAt = -Infinity
  let areRowsDue = false
  let endTick: (() => void) | undefined

  /** Takes in the newest update: checks every ticket that it names, and tells the hub what is open. */
  function take(tab: Tab): void {
    const { update, reader } = tab
    if (update === undefined) return
    tab.isWaiting = false
    tab.takenAt = clock.now()
    const wanted = new Set(update.onScreen)
    if (update.open !== null) wanted.add(update.open.ticketId)
    const rights = Map.groupBy(wanted, (id) => known.mayRead(reader, id))
    const unknown = rights.get(undefined) ?? []
    known.learn(unknown.slice(0, mayLearn(reader.id).take(unknown.length)))
    const hasMore = screens.show(tab, new Set(rights.get(true)))
    const open = update.open !== null && tab.shown.has(update.open.ticketId) ? update.open : null
    const before = tab.openId
    tab.openId = open?.ticketId
    if (hasMore || tab.openId !== before) tellLater()
    if (open !== null && open.ticketId !== before) looks.opened(open.ticketId, tab.id)
    if (open === null) return hub.clear(tab.id)
    const { id: tabId, sessionId, person } = tab
    // Only staff write notes, whatever a client says.
    const doing = open.doing === 'noting' && !tab.isStaff ? 'replying' : open.doing
    hub.set({ tabId, sessionId, person, ...open, doing, hidden: update.hidden })
  }

  function hearerOf(tab: Tab): Hearer {
    if (tab.isStaff) return 'staff'
    return showsStaffNames() ? 'named' : 'requesters'
  }

  function tick(): void {
    endTick = undefined
    const now = clock.now()
    tickedAt = now
    for (const tab of tabs) if (tab.isWaiting) take(tab)
    // All rows are told at the same time, so that lists with the same rows get the same message.
    const withRows = areRowsDue && now - rowsToldAt >= rowsEveryMs
    if (withRows) rowsToldAt = now
    const isDone = tellStates(tabs, { withRows, states, hearerOf, isFull, tell })
    areRowsDue = withRows ? !isDone : areRowsDue
    if (areRowsDue || !isDone) tickLater()
  }

  function tickLater(): void {
    endTick ??= clock.after(Math.max(0, tickedAt + tickMs - clock.now()), tick)
  }

  function tellLater(): void {
    areRowsDue = true
    tickLater()
  }

  hub.onChange((ticketId) => {
    states.changed(ticketId)
    if (screens.with(ticketId).size > 0) tellLater()
  })
  known.onLearned((ids) => {
    const learned = new Set(ids)
    for (const tab of tabs) if (names(tab, learned)) wait(tab)
  })
  follower.onEvents((events) => {
    for (const event of events) {
      follow({ hub, screens, tabs }, event)
      // What requesters hear may have other rules now.
      if (event.name === 'settings:changed') tellLater()
      if (event.name !== 'access:gained') continue
      // The ticket may be on the person's screen already.
      for (const tab of tabs) if (event.people.includes(tab.reader.id)) wait(tab)
    }
  })

  function wait(tab: Tab): void {
    tab.isWaiting = true
    tickLater()
  }

  return {
    join(client) {
      const tab = createTab(client)
      tabs.add(tab)
      return {
        hear(update) {
          if (tab.update !== undefined && update.rev <= tab.update.rev) return
          tab.update = update
          if (clock.now() - tab.takenAt >= tickMs) take(tab)
          else wait(tab)
        },
        leave() {
          tabs.delete(tab)
          for (const id of tab.shown) screens.hide(tab, id)
          hub.leave(tab.id)
          looks.left(tab.id)
        },
      }
    },
    stop() {
      endTick?.()
      looks.stop()
      hub.stop()
    },
  }
}

/** Rights, names and sessions change with the log. */
function follow(
  { hub, screens, tabs }: { hub: PresenceHub; screens: Screens<Tab>; tabs: ReadonlySet<Tab> },
  event: LoggedEvent,
): void {
  /** Whoever may no longer read a ticket is seen there no more, and hears nothing more of it. */
  function revoke(ticketId: string, mayRead: (reader: { id: string; staff: boolean }) => boolean) {
    for (const tab of screens.with(ticketId)) {
      const reader = { id: tab.reader.id, staff: tab.isStaff }
      if (!mayRead(reader)) screens.hide(tab, ticketId)
    }
    if (hub.tabsOn(ticketId).some(({ person }) => !mayRead(person)))
      hub.remove((tab) => tab.ticketId === ticketId && !mayRead(tab.person))
  }

  if (event.name === 'session:ended') {
    const { sessionIds } = event.data
    hub.remove((tab) => sessionIds.includes(tab.sessionId))
  } else if (event.name === 'person:changed') {
    const { person } = event.data
    for (const tab of tabs) if (tab.person.id === person.id) tab.person = person
    hub.rename(person)
  } else if (event.name === 'access:lost') {
    revoke(event.data.ticketId, ({ id, staff }) => staff || !event.people.includes(id))
  } else if (event.ticketId !== null && namesReaders(event)) {
    revoke(event.ticketId, ({ id, staff }) => staff || event.people.includes(id))
  }
}

function createTab(client: PresenceClient): Tab {
  return {
    ...client,
    isStaff: isStaff(client.reader.role),
    update: undefined,
    isWaiting: false,
    takenAt: -Infinity,
    shown: new Set(),
    sent: new Map(),
    openId: undefined,
  }
}

function names({ update }: Tab, ids: ReadonlySet<string>): boolean {
  if (update === undefined) return false
  const { open, onScreen } = update
  return (open !== null && ids.has(open.ticketId)) || onScreen.some((id) => ids.has(id))
}
