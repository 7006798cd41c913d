import { TextInput } from '@mantine/core'
import { isFound } from '@deskbell/contract'
import type { Tag } from '@deskbell/contract'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { TagRow } from './tag-row.tsx'
import type { TagAct } from './tag-row.tsx'
import classes from './tags.module.css'

interface TagListProps {
  tags: readonly Tag[]
  onAct: (act: TagAct) => void
}

/** So many rows are found by looking. */
const manyTags = 12

/** The tags in use, and below them the archived ones. */
export function TagList({ tags, onAct }: TagListProps) {
  const [search, setSearch] = useState('')
  const found = tags.filter(({ name }) => isFound(name, search))
  const used = found.filter(({ archived }) => !archived)
  const archived = found.filter((tag) => tag.archived)
  return (
    <>
      {tags.length > manyTags && (
        <TextInput
          type="search"
          aria-label="Search tags"
          placeholder="Search by name"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {found.length === 0 && <p className={classes['none']}>No tag has this name.</p>}
      <div className={classes['lists']}>
        <Rows label="All tags" tags={used} onAct={onAct} />
        {archived.length > 0 && (
          <details className={classes['archived']} open={search.trim() !== '' || undefined}>
            <summary>Archived ({archived.length})</summary>
            <Rows label="Archived tags" tags={archived} onAct={onAct} />
          </details>
        )}
      </div>
    </>
  )
}

interface RowsProps {
  label: string
  tags: readonly Tag[]
  onAct: (act: TagAct) => void
}

function Rows({ label, tags, onAct }: RowsProps) {
  if (tags.length === 0) return null
  return (
    <ul className={classes['list']} aria-label={label} data-focus-after="[data-adds]">
      {tags.map((tag) => (
        <TagRow key={tag.id} tag={tag} onAct={onAct} />
      ))}
    </ul>
  )
}
