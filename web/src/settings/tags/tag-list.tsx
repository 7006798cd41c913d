import { TextInput } from '@mantine/core'
import { isFound } from '@deskbell/contract'
import type { Tag } from '@deskbell/contract'
import { IconSearch } from '@tabler/icons-react'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
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
  const list = useRef<HTMLUListElement>(null)
  const focused = useRef<{ id: string; index: number }>(undefined)
  const ids = tags.map(({ id }) => id)

  // The row in the place of one that left takes over the keyboard's focus.
  useLayoutEffect(() => {
    const left = focused.current
    if (left === undefined || ids.includes(left.id) || document.activeElement !== document.body)
      return
    const row = list.current?.children[Math.min(left.index, ids.length - 1)]
    row?.querySelector('button')?.focus()
  })

  const onFocus = useCallback((id: string | undefined) => {
    const index = [...(list.current?.children ?? [])].findIndex(
      (row) => row instanceof HTMLElement && row.dataset['id'] === id,
    )
    focused.current = id === undefined ? undefined : { id, index }
  }, [])

  if (tags.length === 0) return null
  return (
    <ul ref={list} className={classes['list']} aria-label={label}>
      {tags.map((tag) => (
        <TagRow key={tag.id} tag={tag} onAct={onAct} onFocus={onFocus} />
      ))}
    </ul>
  )
}
