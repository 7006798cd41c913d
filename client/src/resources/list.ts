import { limits } from '@deskbell/contract'
import type { DeskEvent, Reply } from '@deskbell/contract'
import { isRetryable } from '../api-error.ts'
import { applyListPages } from '../cache/apply-replies.ts'
import { changesAssignability } from '../cache/changes-assignability.ts'
import { joinSegments, listRule, rowsOf } from '../cache/list.ts'
import { createEntry } from '../cache/store.ts'
import type { ListEntry } from '../cache/store.ts'
import { retryDelay } from '../core.ts'
import type { Core } from '../core.ts'
import type { ListQuery } from '../types.ts'
import { fetchEntry, oldestOf } from './fetch-entry.ts'
import { listCall, listKey } from './list-key.ts'
import { retain } from './retain.ts'
import { tagTarget } from './tags.ts'

const nextPage = 'next'

/** Keeps a list fetched and live until released. */
export function openList(core: Core, query: ListQuery): () => void {
  return retain(core, core.store.lists, listKey(query), () => createListEntry(core, query))
}

function createListEntry(core: Core, query: ListQuery): ListEntry {
  const entry: ListEntry = {
    ...createEntry({
      fetch: () => fetchList(core, entry),
      reloadsOn: (event) => changesList(query, event),
    }),
    query,
    rule: listRule(query, core.store.reader.id, (id) => tagTarget(core.store, id)),
    resultsMayHaveChanged: false,
  }
  return entry
}

/** Whether an event changes which tickets a list has, without saying which. */
function changesList(query: ListQuery, { name, data }: DeskEvent): boolean {
  switch (name) {
    case 'person:changed':
      return query.assignee === 'none' && changesAssignability(data)
    case 'tag:changed':
      return data.tag.mergedInto !== null && (query.tag ?? []).length > 0
    default:
      return false
  }
}

/** Fetches a list from its top, as many rows as it had, so that readers keep their place. */
function fetchList(core: Core, entry: ListEntry): Promise<void> {
  const count = entry.value === undefined ? 0 : rowsOf(entry.value).length
  // A page below the old end does not continue the new list.
  entry.pages.clear()
  return fetchEntry(
    core,
    entry,
    async () => {
      const { request } = entry
      const pages = await fetchPages(core, entry, count, () => entry.request === request)
      return { pages, ...oldestOf(pages) }
    },
    ({ pages }, later) => applyListPages(core.store, entry, pages, later, 'nothing'),
  )
}

/** Fetches the next page of a list, and those after it as long as they have no rows. */
export function fetchMore(core: Core, entry: ListEntry): Promise<void> {
  const begun = entry.pages.get(nextPage)
  const next = entry.value?.next ?? null
  if (begun !== undefined || entry.request !== undefined || next === null) {
    return begun ?? Promise.resolve()
  }
  const more = fetchNextPage(core, entry, next, () => entry.pages.get(nextPage) === more)
  entry.pages.set(nextPage, more)
  core.changed()
  return more
}

async function fetchNextPage(
  core: Core,
  entry: ListEntry,
  next: string,
  isWanted: () => boolean,
): Promise<void> {
  await Promise.resolve()
  let after = next
  for (let tries = 0; isWanted(); tries += 1) {
    const request = core.requests.begin()
    let waitMs = retryDelay(tries)
    try {
      const page = await fetchPage(core, entry, after, limits.pageSize)
      const later = request.settle(page)
      if (!isWanted()) return
      if (later !== 'stale') {
        applyListPages(core.store, entry, [page], later, 'shown')
        if (entry.value !== undefined)
          entry.value = joinSegments(entry.value, core.requests.appliedUpTo())
        if (page.items.length > 0 || page.next === null) break
        after = page.next
        tries = -1
        continue
      }
    } catch (thrown) {
      if (!isWanted()) return
      if (!isRetryable(thrown)) {
        entry.error = thrown instanceof Error ? thrown : new Error(String(thrown))
        break
      }
      waitMs = retryDelay(tries, thrown)
    } finally {
      request.end()
    }
    await core.sleep(waitMs)
  }
  if (!isWanted()) return
  entry.pages.delete(nextPage)
  core.changed()
}

/** Fetches pages from the top until there are `count` rows, but at least one, or no more. */
async function fetchPages(
  core: Core,
  entry: ListEntry,
  count: number,
  isWanted: () => boolean,
): Promise<Reply<'tickets'>[]> {
  const pages: Reply<'tickets'>[] = []
  let left = Math.max(count, 1)
  let after: string | undefined
  do {
    const limit = Math.min(Math.max(left, limits.pageSize), limits.pageSizeMax)
    const page = await fetchPage(core, entry, after, limit)
    pages.push(page)
    left -= page.items.length
    after = page.next ?? undefined
  } while (left > 0 && after !== undefined && isWanted())
  return pages
}

function fetchPage(
  core: Core,
  entry: ListEntry,
  after: string | undefined,
  limit: number,
): Promise<Reply<'tickets'>> {
  return core.api.call('tickets', {
    query: { ...listCall(entry.query), limit, ...(after !== undefined && { after }) },
  })
}
