import { tagModes } from '@deskbell/contract'
import type { Tag, TagMode } from '@deskbell/contract'
import { memo, useState } from 'react'
import { tagsOf, useTagChoices, useTags } from '../../../live/use-tags.ts'
import { TagOptions } from '../../tags/tag-options.tsx'
import { Picker } from '../../../ui/picker.tsx'
import { FilterButton } from './filter-button.tsx'
import classes from './tag-filter.module.css'
import type { ListSearch } from './list-search.ts'
import type { ChangeListSearch } from './use-list-search.ts'

const words = { any: 'Any of', all: 'All of', none: 'None of' } as const
const before = { any: '', all: 'all of ', none: 'not ' } as const

interface TagFilterProps {
  tag: ListSearch['tag'] | undefined
  tagMode: ListSearch['tagMode'] | undefined
  onChange: ChangeListSearch
}

/** Keeps the tickets with any, all or none of the chosen tags. */
export const TagFilter = memo(function TagFilter(props: TagFilterProps) {
  const { tag = [], tagMode = 'any', onChange: change } = props
  const tags = useTags()
  const choices = useTagChoices()
  const [opened, setOpened] = useState(false)
  const chosen = tagsOf(tags, tag)
  // Nothing to choose from yet.
  if (choices.length === 0 && tag.length === 0) return null

  function toggle({ id }: Tag, on: boolean) {
    const ids = chosen.map((one) => one.id).filter((one) => one !== id)
    const next = on ? [...ids, id] : ids
    change(next.length === 0 ? { tag: undefined, tagMode: undefined } : { tag: next })
  }

  const names = chosen.map(({ name }) => name).join(', ')
  return (
    <Picker
      opened={opened}
      onChange={setOpened}
      target={(button) => (
        <FilterButton
          label="Tags"
          value={tag.length === 0 ? undefined : `${before[tagMode]}${names || 'unknown'}`}
          {...button}
        />
      )}
    >
      {(combobox) => (
        <>
          <ModeChoice mode={tagMode} onChange={(mode) => change({ tagMode: mode })} />
          <TagOptions
            label="Find a tag"
            having={({ id }) => (chosen.some((one) => one.id === id) ? 'all' : 'none')}
            onToggle={toggle}
            combobox={combobox}
          />
        </>
      )}
    </Picker>
  )
})

interface ModeChoiceProps {
  mode: TagMode
  onChange: (mode: 'all' | 'none' | undefined) => void
}

/** Whether a ticket needs any, all or none of the chosen tags. */
function ModeChoice({ mode, onChange }: ModeChoiceProps) {
  return (
    <fieldset className={classes['modes']}>
      <legend className={classes['legend']}>Tickets with</legend>
      {tagModes.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="tag-mode"
            checked={one === mode}
            onChange={() => onChange(one === 'any' ? undefined : one)}
          />
          {words[one]}
        </label>
      ))}
    </fieldset>
  )
}
