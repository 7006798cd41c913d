import { Button } from '@mantine/core'
import { isStaff, priorities, statuses } from '@deskbell/contract'
import { memo } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { PriorityMark } from '../../../ui/marks/priority-mark.tsx'
import { StatusIcon } from '../../../ui/marks/status-icon.tsx'
import { priorityWords, statusWords } from '../../../ui/words/words.ts'
import { ChoiceFilter } from './choice-filter.tsx'
import classes from './filter-bar.module.css'
import { noFilters } from './no-filters.ts'
import { PersonFilter } from './person-filter.tsx'
import { SortMenu } from './sort-menu.tsx'
import { TagFilter } from './tag-filter.tsx'
import { useListSearch } from './use-list-search.ts'

/** The filters of the list; the address holds all of them. */
export const FilterBar = memo(function FilterBar() {
  const { role } = useMe()
  const [search, change] = useListSearch()
  const { status, priority } = search
  const filters = Object.keys(noFilters) as (keyof typeof noFilters)[]
  const narrowed = filters.some((name) => search[name] !== undefined)
  return (
    <div className={classes['bar']}>
      <ChoiceFilter
        label="Status"
        options={statuses}
        words={statusWords}
        chosen={status ?? []}
        icon={(option) => <StatusIcon status={option} />}
        onChoose={(chosen) => change({ status: chosen.length === 0 ? undefined : chosen })}
      />
      <ChoiceFilter
        label="Priority"
        options={priorities.toReversed()}
        words={priorityWords}
        chosen={priority ?? []}
        icon={(option) => <PriorityMark priority={option} decorative />}
        onChoose={(chosen) => change({ priority: chosen.length === 0 ? undefined : chosen })}
      />
      <TagFilter />
      {isStaff(role) && <PeopleFilters />}
      {narrowed && (
        <Button variant="subtle" color="gray" size="compact-xs" onClick={() => change(noFilters)}>
          Clear
        </Button>
      )}
      <span className={classes['space']} />
      <SortMenu />
    </div>
  )
})

function PeopleFilters() {
  const [{ assignee, creator }, change] = useListSearch()
  return (
    <>
      <PersonFilter
        label="Assignee"
        chosen={assignee}
        noneLabel="Nobody"
        staffOnly
        onChoose={(person) => change({ assignee: person })}
      />
      <PersonFilter
        label="Creator"
        chosen={creator}
        onChoose={(person) => change({ creator: person })}
      />
    </>
  )
}
