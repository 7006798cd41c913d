import type { Clock } from '../../log/clock.ts'
import type { HereTab, OpenTab, PresenceHub } from './hub.ts'

/** A tab whose state is not repeated in this time is gone. Clients repeat more than twice as often. */
export const timings = { repeatMs: 10_000, expireMs: 24_000 } as const
/** How long a tab that left may be a reload. */
const reloadMs = 5_000
/** Someone who types says so every 2 s; one that falls silent does not type. */
const typingMs = 3_500
const lookEveryMs = 500

interface Held {
  tab: HereTab
  /** When its state expires, by the clock of this hub. */
  until: number
  typingUntil: number
}

/** A hub in the memory of one node. */
export function createMemoryHub(clock: Clock, wallNow: () => number = Date.now): PresenceHub {
  const byTab = new Map<string, Held>()
  const byTicket = new Map<string, Map<string, Held>>()
  const listeners: ((ticketId: string) => void)[] = []
  let endLook: (() => void) | undefined

  function tell(ticketId: string): void {
    for (const listener of listeners) listener(ticketId)
  }

  function tabsOn(ticketId: string): HereTab[] {
    return [...(byTicket.get(ticketId)?.values() ?? [])].map(({ tab }) => tab)
  }

  function put(held: Held): void {
    const { tabId, ticketId } = held.tab
    byTab.set(tabId, held)
    const there = byTicket.get(ticketId) ?? new Map<string, Held>()
    byTicket.set(ticketId, there.set(tabId, held))
  }

  function drop(tabId: string): string | undefined {
    const ticketId = byTab.get(tabId)?.tab.ticketId
    if (ticketId === undefined) return undefined
    byTab.delete(tabId)
    const there = byTicket.get(ticketId)
    there?.delete(tabId)
    if (there?.size === 0) byTicket.delete(ticketId)
    return ticketId
  }

  /** Of a person who is here already, with this tab, with another one or before a reload: since then. */
  function withSince(tab: OpenTab): HereTab {
    const own = tabsOn(tab.ticketId).filter(({ person }) => person.id === tab.person.id)
    const alike = own.filter(({ doing }) => doing === tab.doing)
    return {
      ...tab,
      since: Math.min(wallNow(), ...own.map(({ since }) => since)),
      doingSince: Math.min(wallNow(), ...alike.map(({ doingSince }) => doingSince)),
    }
  }

  function look(): void {
    endLook = undefined
    const now = clock.now()
    let nextAt = now + lookEveryMs
    for (const [tabId, held] of byTab) {
      const { tab } = held
      if (held.until <= now) {
        drop(tabId)
        tell(tab.ticketId)
        continue
      }
      if (tab.typing && held.typingUntil <= now) {
        held.tab = { ...tab, typing: false }
        tell(tab.ticketId)
      }
      nextAt = Math.min(nextAt, held.until, held.tab.typing ? held.typingUntil : nextAt)
    }
    lookLater(nextAt - now)
  }

  /** Without tabs there is nothing to wait for. */
  function lookLater(ms = lookEveryMs): void {
    if (byTab.size > 0) endLook ??= clock.after(ms, look)
  }

  return {
    set(tab) {
      const before = byTab.get(tab.tabId)?.tab
      const hasMoved = before?.ticketId !== tab.ticketId
      const here = withSince(tab)
      if (hasMoved) {
        const left = drop(tab.tabId)
        if (left !== undefined) tell(left)
      }
      const now = clock.now()
      put({ tab: here, until: now + timings.expireMs, typingUntil: now + typingMs })
      if (hasMoved || !isSame(before, here)) tell(tab.ticketId)
      lookLater()
    },
    clear(tabId) {
      const ticketId = drop(tabId)
      if (ticketId !== undefined) tell(ticketId)
    },
    leave(tabId) {
      const held = byTab.get(tabId)
      if (held === undefined) return
      held.until = Math.min(held.until, clock.now() + reloadMs)
      held.typingUntil = clock.now()
    },
    remove(isGone) {
      const gone = [...byTab.values()].filter(({ tab }) => isGone(tab))
      for (const { tab } of gone) {
        drop(tab.tabId)
        tell(tab.ticketId)
      }
    },
    tabsOn,
    rename(person) {
      for (const held of byTab.values()) {
        if (held.tab.person.id !== person.id) continue
        held.tab = { ...held.tab, person }
        tell(held.tab.ticketId)
      }
    },
    onChange: (listener) => void listeners.push(listener),
    stop: () => endLook?.(),
  }
}

function isSame(before: HereTab, after: HereTab): boolean {
  return (
    before.doing === after.doing &&
    before.typing === after.typing &&
    before.hidden === after.hidden &&
    before.person.name === after.person.name
  )
}
