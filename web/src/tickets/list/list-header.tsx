import classes from './list-header.module.css'
import { SearchBox } from './search-box.tsx'

interface ListHeaderProps {
  title: string
  /** With a ticket open beside the list, the page's heading is the ticket's. */
  isPageHeading: boolean
}

export function ListHeader({ title, isPageHeading }: ListHeaderProps) {
  const Heading = isPageHeading ? 'h1' : 'h2'
  return (
    <div className={classes['header']}>
      <Heading className={classes['title']}>{title}</Heading>
      <SearchBox />
    </div>
  )
}
