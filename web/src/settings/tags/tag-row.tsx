import { ActionIcon, Menu } from '@mantine/core'
import type { Tag } from '@deskbell/contract'
import { IconDots } from '@tabler/icons-react'
import { memo, useRef } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { toastError } from '../../notifications/toast.ts'
import { TagChip } from '../../ui/marks/tag-chip.tsx'
import { isolated } from '../../ui/words/isolated.ts'
import classes from './tags.module.css'

/** What a dialog does to a tag. */
export interface TagAct {
  kind: 'edit' | 'merge'
  tag: Tag
}

interface TagRowProps {
  tag: Tag
  /** Opens a dialog about the tag. */
  onAct: (act: TagAct) => void
}

/** A tag with what can be done to it. Of hundreds of rows, only those that changed render again. */
export const TagRow = memo(function TagRow({ tag, onAct }: TagRowProps) {
  const desk = useDesk()
  const button = useRef<HTMLButtonElement>(null)
  const isUnused = tag.used === false

  function change(refusal: string, make: () => Promise<void>) {
    make().catch((error: unknown) => toastError(`${isolated(tag.name)} ${refusal}`, error))
  }

  /** The item disappears, so the focus first goes to the button: the dialog gives it back to the element that had it. */
  function ask(kind: 'edit' | 'merge') {
    button.current?.focus()
    onAct({ kind, tag })
  }

  return (
    <li className={classes['row']} data-archived={tag.archived || undefined}>
      <TagChip tag={tag} />
      {tag.internal && <span className={classes['state']}>Staff only</span>}
      <span className={classes['space']} />
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon ref={button} aria-label={`Actions for the tag ${isolated(tag.name)}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => ask('edit')}>Name and colour…</Menu.Item>
          <Menu.Item onClick={() => ask('merge')}>Merge into another…</Menu.Item>
          {tag.archived && (
            <Menu.Item
              onClick={() =>
                change('was not restored', () => desk.editTag(tag.id, { archived: false }))
              }
            >
              Restore
            </Menu.Item>
          )}
          {isUnused && (
            <Menu.Item
              color="red"
              onClick={() => change('was not deleted', () => desk.deleteTag(tag.id))}
            >
              Delete
            </Menu.Item>
          )}
          {!isUnused && !tag.archived && (
            <Menu.Item onClick={() => change('was not archived', () => desk.deleteTag(tag.id))}>
              Archive
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
})
