import type { Query } from '@deskbell/contract'
import type { ListQuery } from '../types.ts'

/** Returns the same key for queries of the same list. */
export function listKey(query: ListQuery): string {
  const { status, priority, assignee, creator, q, sort } = normalQuery(query)
  return JSON.stringify([status, priority, assignee, creator, q, sort])
}

/** The query parameters for the server. */
export function listCall(query: ListQuery): Query<'tickets'> {
  const { status, priority, assignee, creator, q, sort } = normalQuery(query)
  return {
    sort,
    ...(status.length > 0 && { status: status.join() }),
    ...(priority.length > 0 && { priority: priority.join() }),
    ...(assignee !== null && { assignee }),
    ...(creator !== null && { creator }),
    ...(q !== '' && { q }),
  }
}

function normalQuery({ status, priority, assignee, creator, q, sort }: ListQuery) {
  return {
    status: [...new Set(status)].sort(),
    priority: [...new Set(priority)].sort(),
    assignee: assignee ?? null,
    creator: creator ?? null,
    q: q?.trim() ?? '',
    sort: sort ?? ('-updated' as const),
  }
}
