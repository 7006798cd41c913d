import type { Core } from '../core.ts'
import { listKey } from './list-key.ts'
import { fetchFiles, fetchTimeline } from './fetch-timeline.ts'
import { fetchList, fetchMore, fetchTicket, fetchValue } from './fetchers.ts'
import { resources } from './registry.ts'
import type { ResourceName } from './registry.ts'
import {
  createListEntry,
  createTicketEntry,
  createValueEntry,
  isOfTicket,
  seenOf,
} from '../cache/store.ts'
import type { CacheEntry, TicketEntry } from '../cache/store.ts'
import type { Desk, ListQuery } from '../types.ts'

type Subscriptions = Pick<
  Desk,
  | 'open'
  | 'openList'
  | 'loadMore'
  | 'reloadList'
  | 'openTicket'
  | 'reloadTicket'
  | 'loadTimeline'
  | 'loadFiles'
>

/** An entry without subscribers is kept this long, so that going back to it is instant. */
const gcTimeMs = 60_000

/** Fetches what a caller subscribes to, and keeps it while there are subscribers. */
export function createSubscriptions(core: Core): Subscriptions {
  return {
    open: (name) => open(core, name),
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
      await fetchList(core, entry)
    },
    openTicket: (ref) => openTicket(core, ref),
    async reloadTicket(ref) {
      const entries = entriesOfTicket(core, ref)
      for (const entry of entries) entry.error = undefined
      core.changed()
      await Promise.all(entries.map((entry) => fetchTicket(core, entry)))
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

function open(core: Core, name: ResourceName): () => void {
  const { values } = core.store
  const entry = values.get(name) ?? createValueEntry(resources[name])
  if (!values.has(name) || entry.error !== undefined) {
    values.set(name, entry)
    void fetchValue(core, entry)
  }
  core.changed()
  return retain(core, entry, () => {
    if (values.get(name) === entry) values.delete(name)
  })
}

function openList(core: Core, query: ListQuery): () => void {
  const { lists } = core.store
  const key = listKey(query)
  const entry = lists.get(key) ?? createListEntry(query, core.store.reader.id)
  if (!lists.has(key)) {
    lists.set(key, entry)
    void fetchList(core, entry)
    core.changed()
  }
  return retain(core, entry, () => {
    if (lists.get(key) === entry) lists.delete(key)
  })
}

function openTicket(core: Core, ref: string): () => void {
  const { tickets } = core.store
  const entry = tickets.get(ref) ?? createTicketEntry(ref)
  if (entry.subscribers === 0 && entry.value !== undefined) {
    entry.seenAtOpen = seenOf(core.store, entry.value.ticket.id)
    core.changed()
  }
  if (!tickets.has(ref)) {
    tickets.set(ref, entry)
    void fetchTicket(core, entry)
    core.changed()
  }
  return retain(core, entry, () => {
    if (tickets.get(ref) === entry) tickets.delete(ref)
    entry.pages.clear()
  })
}

function entriesOfTicket({ store }: Core, ref: string): TicketEntry[] {
  return [...store.tickets.values()].filter(
    (entry) => entry.ref === ref || isOfTicket(store, entry, ref),
  )
}

function retain(core: Core, entry: CacheEntry<unknown>, evict: () => void): () => void {
  entry.subscribers += 1
  let isRetained = true
  return () => {
    if (!isRetained) return
    isRetained = false
    entry.subscribers -= 1
    if (entry.subscribers > 0) return
    core.changed()
    void core.sleep(gcTimeMs).then(() => {
      if (entry.subscribers > 0) return
      evict()
      entry.request = undefined
      core.changed()
    })
  }
}
