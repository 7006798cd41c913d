import { viewWords } from '../../ui/words/view-words.ts'
import type { ListSearch } from './filter/list-search.ts'

export function listTitle({ q, view = 'open' }: ListSearch): string {
  return q === undefined ? viewWords[view].label : 'Search'
}
