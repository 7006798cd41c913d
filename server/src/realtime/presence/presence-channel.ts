import { isStaff } from '@deskbell/contract'
import type {
  PersonRef,
  PresenceUpdate,
  Reader,
  TicketLooks,
  TicketPresence,
} from '@deskbell/contract'
import type { Clock } from '../../log/clock.ts'
import type { LogFollower } from '../../log/follow-log.ts'
import type { LoggedEvent } from '../../log/logged-event.ts'
import { createAllowance } from '../allowance.ts'
import type { Allowance } from '../allowance.ts'
import type { PresenceHub } from './hub.ts'
import { namesReaders } from './known-readers.ts'
import type { KnownReaders } from './known-readers.ts'
import { createLooksChannel } from './looks-channel.ts'
import type { ReadLooks } from './looks-channel.ts'
import { createScreens } from './screens.ts'
import type { Screen, Screens } from './screens.ts'
import { createTicketStates } from './ticket-states.ts'
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

interface Tab extends PresenceClient, Screen {
  isStaff: boolean
  /** What the client sent last, and whether it waits to be taken in. */
  update: PresenceUpdate | undefined
  isWaiting: boolean
  takenAt: number
  /** How many tickets it may still name that this node does not know yet. */
  unknown: Allowance
  openId: string | undefined
}

/** How often a state is taken in and told: of the open ticket, and of the rows of a list. */
const tickMs = 250
const rowsEveryMs = 1_000
/** Tickets that this node does not know cost a query: one tab may ask for so many at once, and then a second. */
const unknownTickets = { atOnce: 300, perSecond: 30 }

interface Parts {
  hub: PresenceHub
  known: KnownReaders
  follower: LogFollower
  /** Whether a client does not read what it was sent. */
  isFull: (clientId: string) => boolean
  /** Tells these clients the same states. */
  tell: (clientIds: readonly string[], tickets: readonly TicketPresence[]) => void
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
  const states = createTicketStates(hub.tabsOn)
  const screens = createScreens<Tab>(states.forget)
  const looks = createLooksChannel({
    ...parts,
    read: parts.readLooks,
    tell: parts.tellLooks,
    viewersOf: (id) => Array.from(screens.with(id)).filter((tab) => tab.openId === id),
    openTickets: () => new Set([...tabs].flatMap(({ openId }) => openId ?? [])),
  })
  let rowsToldAt = -Infinity
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
    known.learn(unknown.slice(0, tab.unknown.take(unknown.length)))
    screens.show(tab, new Set(rights.get(true)))
    if (tab.due.size > 0) tickLater()
    const open = update.open !== null && tab.shown.has(update.open.ticketId) ? update.open : null
    const before = tab.openId
    tab.openId = open?.ticketId
    if (open !== null && open.ticketId !== before) looks.opened(open.ticketId)
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

  /** What requesters hear has other rules now. */
  function tellRequestersAgain(): void {
    for (const tab of tabs) {
      if (tab.isStaff) continue
      for (const id of tab.shown) {
        states.forget(id)
        tab.due.add(id)
      }
    }
    tickLater()
  }

  function tick(): void {
    endTick = undefined
    const now = clock.now()
    // All rows are told at the same time, so that lists with the same rows get the same message.
    const withRows = now - rowsToldAt >= rowsEveryMs
    if (withRows) rowsToldAt = now
    const messages = new Map<string, { ids: string[]; tickets: TicketPresence[] }>()
    for (const tab of tabs) {
      if (tab.isWaiting && now - tab.takenAt >= tickMs) take(tab)
      if (tab.due.size === 0 || isFull(tab.id)) continue
      const tickets = newStates(tab, withRows, (id) => states.of(id, hearerOf(tab)))
      if (tickets.length === 0) continue
      // Tabs that get the same states get the same bytes, encoded once.
      const key = `${hearerOf(tab)} ${tickets.map(({ ticketId, rev }) => `${ticketId} ${rev}`).join()}`
      const message = messages.get(key) ?? { ids: [], tickets }
      messages.set(key, message)
      message.ids.push(tab.id)
    }
    for (const { ids, tickets } of messages.values()) tell(ids, tickets)
    if ([...tabs].some((tab) => tab.isWaiting || tab.due.size > 0)) tickLater()
  }

  function tickLater(): void {
    endTick ??= clock.after(tickMs, tick)
  }

  hub.onChange((ticketId) => {
    states.changed(ticketId)
    for (const tab of screens.with(ticketId)) tab.due.add(ticketId)
    if (screens.with(ticketId).size > 0) tickLater()
  })
  known.onLearned((ids) => {
    const learned = new Set(ids)
    for (const tab of tabs) if (names(tab, learned)) wait(tab)
  })
  follower.onEvents((events) => {
    for (const event of events) {
      follow({ hub, screens, tabs }, event)
      if (event.name === 'settings:changed') tellRequestersAgain()
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
      const tab = createTab(client, clock)
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

/** What is due to a tab, and has changed since it was told. */
function newStates(
  tab: Tab,
  withRows: boolean,
  stateOf: (ticketId: string) => TicketPresence,
): TicketPresence[] {
  const due = [...tab.due].filter((id) => withRows || id === tab.openId)
  const tickets: TicketPresence[] = []
  for (const id of due) {
    tab.due.delete(id)
    const state = stateOf(id)
    // At first nobody is there, as long as nothing else was said.
    if (state.rev === (tab.sent.get(id) ?? (state.people.length === 0 ? state.rev : 0))) continue
    tab.sent.set(id, state.rev)
    tickets.push(state)
  }
  return tickets
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

function createTab(client: PresenceClient, clock: Clock): Tab {
  return {
    ...client,
    isStaff: isStaff(client.reader.role),
    update: undefined,
    isWaiting: false,
    takenAt: -Infinity,
    unknown: createAllowance(unknownTickets, clock.now),
    shown: new Set(),
    sent: new Map(),
    due: new Set(),
    openId: undefined,
  }
}

function names({ update }: Tab, ids: ReadonlySet<string>): boolean {
  if (update === undefined) return false
  const { open, onScreen } = update
  return (open !== null && ids.has(open.ticketId)) || onScreen.some((id) => ids.has(id))
}
