import { Combobox, VisuallyHidden } from '@mantine/core'
import type { ComboboxStore } from '@mantine/core'
import { cleanLine, isFound, limits, mayManageTags, tagColors } from '@deskbell/contract'
import type { Tag } from '@deskbell/contract'
import { IconCheck, IconLock, IconMinus, IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useMe } from '../../live/use-me.ts'
import { allTags, useTags } from '../../live/use-tags.ts'
import type { Tags } from '../../live/use-tags.ts'
import { TagDot } from '../../ui/marks/tag-dot.tsx'
import { useHighlight } from '../../ui/use-highlight.ts'
import { tagChoices } from './tag-choices.ts'
import classes from './tag-options.module.css'

/** Whether all, some or none of the tickets have a tag. */
export type Having = 'all' | 'some' | 'none'

export type NewTag = Pick<Tag, 'name' | 'color' | 'internal'>

interface TagOptionsProps {
  label: string
  having: (tag: Tag) => Having
  onToggle: (tag: Tag, on: boolean) => void
  /** Absent: no tag can be made here. */
  onMake?: (tag: NewTag) => void
  combobox: ComboboxStore
}

/**
 * The tags, to find by a few letters and to check: first those that were there when the list opened. A name that no tag
 * has can become one.
 */
export function TagOptions({ label, having, onToggle, onMake, combobox }: TagOptionsProps) {
  const me = useMe()
  const tags = useTags()
  const [first] = useState(() => idsHad(tags, having))
  const choices = tagChoices(tags, first, (tag) => having(tag) !== 'none')
  const [query, setQuery] = useState('')
  const name = cleanLine(query)
  const found = choices.filter((tag) => isFound(tag.name, name))
  const isTaken = choices.some((tag) => tag.name.toLowerCase() === name.toLowerCase())
  const makes = onMake !== undefined && mayManageTags(me) && name !== '' && !isTaken
  const color = tagColors[choices.length % tagColors.length] ?? 'gray'

  useEffect(() => {
    combobox.focusSearchInput()
    // Once, when the list opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  useHighlight(combobox, {
    typed: name,
    ids: [...found.map(({ id }) => id), ...(makes ? kinds.map(makeId) : [])],
  })

  function make(internal: boolean) {
    setQuery('')
    onMake?.({ name, color, internal })
  }

  return (
    <>
      <Combobox.Search
        aria-label={label}
        placeholder={label}
        maxLength={limits.tagNameLength}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <Combobox.Options className={classes['options']} aria-label={label} aria-multiselectable>
        {found.map((tag) => (
          <Combobox.Option
            key={tag.id}
            value={tag.id}
            aria-checked={checked[having(tag)]}
            onClick={() => onToggle(tag, having(tag) !== 'all')}
          >
            <TagLine tag={tag} having={having(tag)} />
          </Combobox.Option>
        ))}
        {makes &&
          kinds.map((internal) => (
            <Combobox.Option
              key={makeId(internal)}
              value={makeId(internal)}
              onClick={() => make(internal)}
            >
              <span className={classes['line']}>
                {internal ? <IconLock {...small} /> : <IconPlus {...small} />}
                <span className={classes['name']}>
                  Make “{name}”{internal && ', for staff only'}
                </span>
              </span>
            </Combobox.Option>
          ))}
        {found.length === 0 && !makes && (
          <Combobox.Empty>
            {name === '' ? 'There are no tags yet.' : `No tag is called “${name}”.`}
          </Combobox.Empty>
        )}
      </Combobox.Options>
    </>
  )
}

/** Whether only staff see a tag that is made. */
const kinds = [false, true] as const

function makeId(internal: boolean): string {
  return `make ${internal}`
}

function idsHad(tags: Tags, having: (tag: Tag) => Having): ReadonlySet<string> {
  const had = allTags(tags).filter((tag) => having(tag) !== 'none')
  return new Set(had.map(({ id }) => id))
}

const small = { size: 14, stroke: 1.75, 'aria-hidden': true } as const
const checked = { all: true, some: 'mixed', none: false } as const

function TagLine({ tag, having }: { tag: Tag; having: Having }) {
  return (
    <span className={classes['line']}>
      <TagDot color={tag.color} />
      <bdi className={classes['name']} title={tag.name}>
        {tag.name}
      </bdi>
      {tag.internal && <IconLock {...small} />}
      {tag.internal && <VisuallyHidden>, staff only</VisuallyHidden>}
      <span className={classes['space']} />
      {having === 'all' && <IconCheck {...small} />}
      {having === 'some' && <IconMinus {...small} />}
    </span>
  )
}
