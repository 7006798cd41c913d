import { limits } from '@deskbell/contract'
import type { Doing, PresenceUpdate, Timings } from '@deskbell/contract'
import type { Environment } from '../environment.ts'
import { isEqual } from '../same.ts'

/** What a tab shows. The desk tells the server, so that others see who has a ticket open. */
export interface Screen {
  /** The ticket that is open, and what the person does with it. */
  open: { ticketId: string; doing: Doing } | null
  /** Tickets on the screen, by id. The first 100 count. */
  onScreen: readonly string[]
  /** The tab is in the background. */
  hidden: boolean
}

export interface TabState {
  show(part: Partial<Screen>): void
  /** The person pressed a key in the reply or note of the open ticket. */
  typed(): void
  /** The cursor has moved. */
  applied(seq: number): void
  /** A connection was greeted: it has not heard anything yet. */
  greeted(timings: Timings | undefined): void
  stop(): void
}

interface TabStateParts extends Pick<Environment, 'now' | 'after'> {
  /** False: there is no connection. */
  tell: (update: PresenceUpdate) => boolean
}

const changesEveryMs = 250
const appliedEveryMs = 1_000
const typingEveryMs = 2_000
/** Who pauses this long does not type. */
const typingMs = 4_000
/** A look into another tab is not an absence. */
const hiddenAfterMs = 5_000

/** Sends the whole state of a tab when it changes, and again and again while it does not. */
export function createTabState({ now, after, tell }: TabStateParts): TabState {
  let screen: Screen = { open: null, onScreen: [], hidden: false }
  let hiddenAt = -Infinity
  let typedAt = -Infinity
  let applied = 0
  let rev = 0
  let sent: PresenceUpdate | undefined
  let sentAt = -Infinity
  let repeatMs: number | undefined
  let cancel: (() => void) | undefined

  function isTyping(): boolean {
    const { open } = screen
    return open !== null && open.doing !== 'viewing' && now() - typedAt < typingMs
  }

  function update(): PresenceUpdate {
    const { open, onScreen, hidden } = screen
    return {
      rev,
      open: open && { ticketId: open.ticketId, doing: open.doing, typing: isTyping() },
      onScreen: onScreen.slice(0, limits.ticketsOnScreen),
      hidden: hidden && now() - hiddenAt >= hiddenAfterMs,
      applied,
    }
  }

  /** When to send next, by what waits. */
  function nextAt(next: PresenceUpdate, everyMs: number): number {
    if (sent === undefined) return -Infinity
    const times = [sentAt + everyMs]
    const { rev: _rev, applied: _applied, ...shown } = next
    const { rev: _sentRev, applied: sentApplied, ...sentShown } = sent
    if (!isEqual(shown, sentShown)) times.push(sentAt + changesEveryMs)
    if (applied !== sentApplied) times.push(sentAt + appliedEveryMs)
    if (next.open?.typing === true) times.push(typedAt + typingMs)
    if (next.open?.typing === true && typedAt > sentAt) times.push(sentAt + typingEveryMs)
    if (screen.hidden && !next.hidden) times.push(hiddenAt + hiddenAfterMs)
    return Math.min(...times)
  }

  function look(): void {
    cancel?.()
    cancel = undefined
    if (repeatMs === undefined) return
    const next = update()
    if (nextAt(next, repeatMs) <= now()) {
      rev += 1
      sent = { ...next, rev }
      sentAt = now()
      if (!tell(sent)) repeatMs = undefined
    }
    if (repeatMs === undefined) return
    const waitMs = nextAt(update(), repeatMs) - now()
    cancel = after(Math.max(1, waitMs), look)
  }

  return {
    show(part) {
      if (part.hidden === true && !screen.hidden) hiddenAt = now()
      const before = screen.open?.ticketId
      screen = { ...screen, ...part }
      if (screen.open?.ticketId !== before) typedAt = -Infinity
      look()
    },
    typed() {
      typedAt = now()
      look()
    },
    applied(seq) {
      const isPlanned = sent !== undefined && applied !== sent.applied
      applied = seq
      // Timers of a tab in the background wait up to a minute: what arrives keeps the tab here.
      if (!isPlanned || now() - sentAt >= appliedEveryMs) look()
    },
    greeted(timings) {
      // A server of an earlier version does not listen.
      repeatMs = timings?.repeatMs
      sent = undefined
      look()
    },
    stop() {
      cancel?.()
      repeatMs = undefined
    },
  }
}
