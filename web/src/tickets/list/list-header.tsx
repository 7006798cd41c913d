import { PageTitle } from '../../shell/page-title.tsx'
import classes from './list-header.module.css'
import { listTitle } from './list-title.ts'
import { SearchBox } from './filter/search-box.tsx'
import { useListSearch } from './filter/use-list-search.ts'

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
