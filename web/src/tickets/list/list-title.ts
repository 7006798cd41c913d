import { viewWords } from '../../ui/view-words.ts'
import type { ListSearch } from './list-search.ts'

export function listTitle({ q, view = 'open' }: ListSearch): string {
  return q === undefined ? viewWords[view].label : 'Search'
}
