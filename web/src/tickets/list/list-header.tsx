import type { ListState } from '@deskbell/client'
import { VisuallyHidden } from '@mantine/core'
import { useCounters } from '../../live/use-counters.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import classes from './list-header.module.css'
import { SearchBox } from './filter/search-box.tsx'
import type { SearchBoxProps } from './filter/search-box.tsx'
import { useListSearch } from './filter/use-list-search.ts'
import { viewWords } from '../../ui/words/view-words.ts'
import type { ListSearch } from './filter/list-search.ts'

interface ListHeaderProps extends SearchBoxProps {
  /** Whether the list is the whole page: beside an open ticket, the ticket has the page's heading. */
  isPage: boolean
  list: ListState
}

export function ListHeader({ isPage, list, onResults, onLeave }: ListHeaderProps) {
  const [search] = useListSearch()
  const title = listTitle(search)
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className={classes['header']}>
      {isPage && <PageTitle>{title}</PageTitle>}
      <Heading className={classes['title']}>{title}</Heading>
      <ListSize list={list} />
      <SearchBox onResults={onResults} onLeave={onLeave} />
    </div>
  )
}

/** How many tickets the list has: exactly, or at least so many while further pages are not loaded. */
function ListSize({ list }: { list: ListState }) {
  const [{ view = 'open', sort: _sort, ...narrowing }] = useListSearch()
  const counters = useCounters()
  if (list.status !== 'ready') return null
  const exact = Object.keys(narrowing).length === 0 ? counters?.[view] : undefined
  const size = exact ?? list.items.length
  return (
    <span className={classes['size']} role="status">
      {size.toLocaleString('en')}
      {exact === undefined && list.more && '+'}
      <VisuallyHidden>{size === 1 ? ' ticket' : ' tickets'}</VisuallyHidden>
    </span>
  )
}

function listTitle({ q, view = 'open' }: ListSearch): string {
  return q === undefined ? viewWords[view].label : 'Search'
}
