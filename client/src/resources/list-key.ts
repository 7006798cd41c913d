import type { Query } from '@deskbell/contract'
import type { ListQuery } from '../types.ts'

/** Returns the same key for queries of the same list. */
export function listKey(query: ListQuery): string {
  return JSON.stringify(parameters(query))
}

/** The query parameters for the server. */
export function listCall(query: ListQuery): Query<'tickets'> {
  return Object.fromEntries(parameters(query))
}

/** The parts of a query that restrict or sort, in one order. */
function parameters({
  q,
  sort = '-updated',
  ...filter
}: ListQuery): [name: string, value: string][] {
  const texts = Object.entries({ ...filter, q: q?.trim(), sort }).map(
    ([name, wanted]): [string, string] => [
      name,
      typeof wanted === 'object' ? [...new Set(wanted)].sort().join() : (wanted ?? ''),
    ],
  )
  return texts.filter(([, text]) => text !== '').sort(([a], [b]) => (a < b ? -1 : 1))
}
