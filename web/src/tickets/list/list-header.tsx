import type { ListState } from '@deskbell/client'
import { VisuallyHidden } from '@mantine/core'
import { memo } from 'react'
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
  status: ListState['status']
  /** How many tickets are loaded, and whether there are more. */
  count: number
  more: boolean
}

export const ListHeader = memo(function ListHeader(props: ListHeaderProps) {
  const { isPage, status, count, more, onResults, onLeave } = props
  const [search] = useListSearch()
  const title = listTitle(search)
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className={classes['header']}>
      {isPage && <PageTitle>{title}</PageTitle>}
      <Heading className={classes['title']}>{title}</Heading>
      <ListSize status={status} count={count} more={more} />
      <SearchBox onResults={onResults} onLeave={onLeave} />
    </div>
  )
})

/** How many tickets the list has: exactly, or at least so many while further pages are not loaded. */
function ListSize({ status, count, more }: Pick<ListHeaderProps, 'status' | 'count' | 'more'>) {
  const [{ view = 'open', sort: _sort, ...narrowing }] = useListSearch()
  const counters = useCounters()
  if (status !== 'ready') return null
  const exact = Object.keys(narrowing).length === 0 ? counters?.[view] : undefined
  const size = exact ?? count
  return (
    <span className={classes['size']} role="status">
      {size.toLocaleString('en')}
      {exact === undefined && more && '+'}
      <VisuallyHidden>{size === 1 ? ' ticket' : ' tickets'}</VisuallyHidden>
    </span>
  )
}

function listTitle({ q, view = 'open' }: ListSearch): string {
  return q === undefined ? viewWords[view].label : 'Search'
}
