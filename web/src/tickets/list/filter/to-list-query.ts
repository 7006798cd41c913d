import type { ListQuery } from '@deskbell/client'
import { views } from '@deskbell/contract'
import type { ListSearch } from './list-search.ts'

/**
 * The query for a URL: the view and the chosen filters. A search covers all views, since people often look for
 * tickets that were closed long ago.
 */
export function toListQuery({ view = 'open', q, ...chosen }: ListSearch): ListQuery {
  const term = q?.trim()
  if (term) return { ...chosen, q: term }
  return { ...views[view], ...chosen }
}
