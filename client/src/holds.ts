import type { Core } from './core.ts'
import { listKey } from './list-key.ts'
import { loadFiles, loadTimeline } from './load-timeline.ts'
import { loadList, loadMore, loadPeople, loadTicket } from './loads.ts'
import { createListPart, createTicketPart, isOfTicket, seenOf } from './store.ts'
import type { TicketPart } from './store.ts'
import type { Desk, ListQuery } from './types.ts'

type Holds = Pick<
  Desk,
  | 'openList'
  | 'loadMore'
  | 'reloadList'
  | 'openTicket'
  | 'reloadTicket'
  | 'loadTimeline'
  | 'loadFiles'
  | 'openPeople'
>

/** What nobody holds any more is kept this long, so that going back to it takes no time. */
const lingerMs = 60_000

/** Reads what somebody looks at, and keeps it while they do. */
export function createHolds(core: Core): Holds {
  return {
    openList: (query) => openList(core, query),
    async loadMore(query) {
      const part = core.store.lists.get(listKey(query))
      if (part !== undefined) await loadMore(core, part)
    },
    async reloadList(query) {
      const part = core.store.lists.get(listKey(query))
      if (part === undefined) return
      part.error = undefined
      core.changed()
      await loadList(core, part)
    },
    openTicket: (ref) => openTicket(core, ref),
    async reloadTicket(ref) {
      const parts = partsOfTicket(core, ref)
      for (const part of parts) part.error = undefined
      core.changed()
      await Promise.all(parts.map((part) => loadTicket(core, part)))
    },
    async loadTimeline(ref, place) {
      await Promise.all(partsOfTicket(core, ref).map((part) => loadTimeline(core, part, place)))
    },
    async loadFiles(ref) {
      await Promise.all(partsOfTicket(core, ref).map((part) => loadFiles(core, part)))
    },
    openPeople: () => openPeople(core),
  }
}

function openList(core: Core, query: ListQuery): () => void {
  const { lists } = core.store
  const key = listKey(query)
  const part = lists.get(key) ?? createListPart(query, core.store.meId)
  if (!lists.has(key)) {
    lists.set(key, part)
    void loadList(core, part)
    core.changed()
  }
  return hold(core, part, () => {
    if (lists.get(key) === part) lists.delete(key)
  })
}

function openTicket(core: Core, ref: string): () => void {
  const { tickets } = core.store
  const part = tickets.get(ref) ?? createTicketPart(ref)
  if (part.holders === 0 && part.value !== undefined) {
    part.seenAtOpen = seenOf(core.store, part.value.ticket.id)
    core.changed()
  }
  if (!tickets.has(ref)) {
    tickets.set(ref, part)
    void loadTicket(core, part)
    core.changed()
  }
  return hold(core, part, () => {
    if (tickets.get(ref) === part) tickets.delete(ref)
    part.pages.clear()
  })
}

function partsOfTicket({ store }: Core, ref: string): TicketPart[] {
  return [...store.tickets.values()].filter(
    (part) => part.ref === ref || isOfTicket(store, part, ref),
  )
}

function openPeople(core: Core): () => void {
  const { people } = core.store
  if (people.holders === 0 && people.value === undefined) void loadPeople(core)
  core.changed()
  return hold(core, people, () => {
    people.value = undefined
    people.seq = -1
  })
}

interface Held {
  holders: number
  request: symbol | undefined
}

function hold(core: Core, part: Held, forget: () => void): () => void {
  part.holders += 1
  let isHeld = true
  return () => {
    if (!isHeld) return
    isHeld = false
    part.holders -= 1
    if (part.holders > 0) return
    core.changed()
    void core.pause(lingerMs).then(() => {
      if (part.holders > 0) return
      forget()
      part.request = undefined
      core.changed()
    })
  }
}
