import { PageTitle } from '../../shell/page-title.tsx'
import classes from './list-header.module.css'
import { SearchBox } from './filter/search-box.tsx'
import { useListSearch } from './filter/use-list-search.ts'
import { viewWords } from '../../ui/words/view-words.ts'
import type { ListSearch } from './filter/list-search.ts'

interface ListHeaderProps {
  /** Whether the list is the whole page: beside an open ticket, the ticket has the page's heading. */
  isPage: boolean
}

export function ListHeader({ isPage }: ListHeaderProps) {
  const [search] = useListSearch()
  const title = listTitle(search)
  const Heading = isPage ? 'h1' : 'h2'
  return (
    <div className={classes['header']}>
      {isPage && <PageTitle>{title}</PageTitle>}
      <Heading className={classes['title']}>{title}</Heading>
      <SearchBox />
    </div>
  )
}

function listTitle({ q, view = 'open' }: ListSearch): string {
  return q === undefined ? viewWords[view].label : 'Search'
}
