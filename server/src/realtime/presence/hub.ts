import type { Doing, PersonRef } from '@deskbell/contract'

/** A tab with a ticket open, which its person may read. */
export interface OpenTab {
  /** Unique among the tabs of all nodes. */
  tabId: string
  sessionId: string
  person: PersonRef
  ticketId: string
  doing: Doing
  typing: boolean
  /** The tab is in the background. */
  hidden: boolean
}

/** An `OpenTab`, and since when, in ms since 1970, its person has the ticket open and does what they do. */
export interface HereTab extends OpenTab {
  since: number
  doingSince: number
}

/**
 * Who has which ticket open, as whole states of tabs that expire unless they are repeated. It decides nothing about
 * rights: a caller sets what a person may read, and removes what they may not read any more.
 */
export interface PresenceHub {
  /** The whole state of a tab. It replaces the state from before. */
  set(tab: OpenTab): void
  /** The tab shows no ticket any more. */
  clear(tabId: string): void
  /** The tab is gone. It may be a reload: its state stays a few seconds, for the tab that comes after it. */
  leave(tabId: string): void
  /** Forgets at once the tabs for which this is true. */
  remove(isGone: (tab: HereTab) => boolean): void
  /** The tabs that have a ticket open, in the order in which they came. */
  tabsOn(ticketId: string): readonly HereTab[]
  /** The person is called otherwise from now on. */
  rename(person: PersonRef): void
  /** Calls back with a ticket whenever its tabs changed. */
  onChange(listener: (ticketId: string) => void): void
  stop(): void
}
