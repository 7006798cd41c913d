import type { ListQuery } from '@deskbell/client'
import { views } from '@deskbell/contract'
import type { ListSearch } from './list-search.ts'

/**
 * The question behind the URL: the view, narrowed by what was chosen. A search looks everywhere, since what
 * one looks for is often closed long ago.
 */
export function toListQuery({ view = 'open', q, ...chosen }: ListSearch): ListQuery {
  const term = q?.trim()
  if (term) return { ...chosen, q: term }
  return { ...views[view], ...chosen }
}
