import type { Core } from '../core.ts'
import { listKey } from './list-key.ts'
import { fetchFiles, fetchTimeline } from './fetch-timeline.ts'
import { fetchMore, openList } from './list.ts'
import { loadMoreItems } from './inbox.ts'
import { openTicket } from './ticket.ts'
import { openValue } from './value.ts'
import { isOfTicket } from '../cache/store.ts'
import type { TicketEntry } from '../cache/store.ts'
import type { Desk } from '../types.ts'

type Subscriptions = Pick<
  Desk,
  | 'open'
  | 'loadMoreNotifications'
  | 'openList'
  | 'loadMore'
  | 'reloadList'
  | 'openTicket'
  | 'reloadTicket'
  | 'loadTimeline'
  | 'loadFiles'
>

/** Fetches what a caller subscribes to, and keeps it while there are subscribers. */
export function createSubscriptions(core: Core): Subscriptions {
  return {
    open: (name) => openValue(core, name),
    loadMoreNotifications: (name) => loadMoreItems(core, name),
    openList: (query) => openList(core, query),
    async loadMore(query) {
      const entry = core.store.lists.get(listKey(query))
      if (entry !== undefined) await fetchMore(core, entry)
    },
    async reloadList(query) {
      const entry = core.store.lists.get(listKey(query))
      if (entry === undefined) return
      entry.error = undefined
      core.changed()
      await entry.fetch()
    },
    openTicket: (ref) => openTicket(core, ref),
    async reloadTicket(ref) {
      const entries = entriesOfTicket(core, ref)
      for (const entry of entries) entry.error = undefined
      core.changed()
      await Promise.all(entries.map((entry) => entry.fetch()))
    },
    async loadTimeline(ref, place) {
      await Promise.all(
        entriesOfTicket(core, ref).map((entry) => fetchTimeline(core, entry, place)),
      )
    },
    async loadFiles(ref) {
      await Promise.all(entriesOfTicket(core, ref).map((entry) => fetchFiles(core, entry)))
    },
  }
}

function entriesOfTicket({ store }: Core, ref: string): TicketEntry[] {
  return [...store.tickets.values()].filter(
    (entry) => entry.ref === ref || isOfTicket(store, entry, ref),
  )
}
