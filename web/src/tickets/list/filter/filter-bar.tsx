import { Button } from '@mantine/core'
import { isStaff, priorities, statuses, views } from '@deskbell/contract'
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
import type { ListSearch } from './list-search.ts'
import { useListSearch } from './use-list-search.ts'
import type { ChangeListSearch } from './use-list-search.ts'

/** The filters of the list; the address holds all of them. A filter renders when its own part of the address changed. */
export const FilterBar = memo(function FilterBar() {
  const { role } = useMe()
  const [search, change] = useListSearch()
  const { status, priority, tag, tagMode, assignee, creator, sort, view = 'open', q } = search
  const filters = Object.keys(noFilters) as (keyof typeof noFilters)[]
  const narrowed = filters.some((name) => search[name] !== undefined)
  const usualSort = (q === undefined ? views[view].sort : undefined) ?? '-updated'
  return (
    <div className={classes['bar']}>
      <div className={classes['filters']}>
        <StatusFilter chosen={status} onChange={change} />
        <PriorityFilter chosen={priority} onChange={change} />
        <TagFilter tag={tag} tagMode={tagMode} onChange={change} />
        {isStaff(role) && (
          <>
            <AssigneeFilter chosen={assignee} onChange={change} />
            <CreatorFilter chosen={creator} onChange={change} />
          </>
        )}
        {narrowed && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            data-focus-after="button"
            onClick={() => change(noFilters)}
          >
            Clear
          </Button>
        )}
      </div>
      <SortMenu sort={sort} usual={usualSort} onChange={change} />
    </div>
  )
})

interface FilterProps<N extends keyof ListSearch> {
  chosen: ListSearch[N]
  onChange: ChangeListSearch
}

const StatusFilter = memo(function StatusFilter({ chosen, onChange }: FilterProps<'status'>) {
  return (
    <ChoiceFilter
      label="Status"
      options={statuses}
      words={statusWords}
      chosen={chosen ?? []}
      icon={(option) => <StatusIcon status={option} />}
      onChoose={(next) => onChange({ status: next.length === 0 ? undefined : next })}
    />
  )
})

const PriorityFilter = memo(function PriorityFilter({ chosen, onChange }: FilterProps<'priority'>) {
  return (
    <ChoiceFilter
      label="Priority"
      options={priorities.toReversed()}
      words={priorityWords}
      chosen={chosen ?? []}
      icon={(option) => <PriorityMark priority={option} decorative />}
      onChoose={(next) => onChange({ priority: next.length === 0 ? undefined : next })}
    />
  )
})

const AssigneeFilter = memo(function AssigneeFilter({ chosen, onChange }: FilterProps<'assignee'>) {
  return (
    <PersonFilter
      label="Assignee"
      chosen={chosen}
      noneLabel="Nobody"
      staffOnly
      onChoose={(person) => onChange({ assignee: person })}
    />
  )
})

const CreatorFilter = memo(function CreatorFilter({ chosen, onChange }: FilterProps<'creator'>) {
  return (
    <PersonFilter
      label="Creator"
      chosen={chosen}
      onChoose={(person) => onChange({ creator: person })}
    />
  )
})
