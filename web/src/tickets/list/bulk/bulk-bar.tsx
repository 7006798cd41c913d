import { Button, CloseButton, Menu } from '@mantine/core'
import type { ListItem } from '@deskbell/client'
import { useState } from 'react'
import { AssignMenu } from '../../people/assign-menu.tsx'
import { TagMenu } from '../../tags/tag-menu.tsx'
import classes from './bulk-bar.module.css'
import { ChangeItems } from './change-items.tsx'
import { menuTitle } from './menu-title.ts'
import type { TicketEdit } from '../../changes/ticket-edit.ts'
import { useChange } from '../../changes/use-change.ts'
import type { Selection } from './use-selection.ts'

interface BulkBarProps {
  rows: readonly ListItem[]
  selection: Selection
  /** The selection is gone, and the keyboard goes back to a row. */
  onChanged: () => void
}

const fields = { status: 'Status', priority: 'Priority' } as const

/** Changes all selected tickets: each change is the same as on a single ticket. */
export function BulkBar({ rows, selection, onChanged }: BulkBarProps) {
  const change = useChange()
  const [assigning, setAssigning] = useState(false)
  const [tagging, setTagging] = useState(false)
  const chosen = rows.filter(({ id }) => selection.ids.has(id))

  function changeAll(edit: TicketEdit) {
    selection.clear()
    onChanged()
    void change(chosen, edit)
  }

  return (
    <div className={classes['bar']} role="toolbar" aria-label="Selected tickets">
      <output className={classes['count']}>
        {chosen.length} <span className={classes['selected']}>selected</span>
      </output>
      {(['status', 'priority'] as const).map((field) => (
        <Menu key={field} position="top" width={220}>
          <Menu.Target>
            <Button size="compact-sm" variant="subtle" color="gray">
              {fields[field]}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{menuTitle(field, chosen.length)}</Menu.Label>
            <ChangeItems field={field} onChange={changeAll} />
          </Menu.Dropdown>
        </Menu>
      ))}
      <AssignMenu
        tickets={chosen}
        opened={assigning}
        onChange={setAssigning}
        onAssign={changeAll}
        position="top"
        target={(button) => (
          <Button size="compact-sm" variant="subtle" color="gray" {...button}>
            Assign
          </Button>
        )}
      />
      <TagMenu
        tickets={chosen}
        onEdit={(edit) => void change(chosen, edit)}
        opened={tagging}
        onChange={setTagging}
        position="top"
        target={(button) => (
          <Button size="compact-sm" variant="subtle" color="gray" {...button}>
            Tags
          </Button>
        )}
      />
      <CloseButton
        size={28}
        aria-label="Clear the selection"
        onClick={() => {
          selection.clear()
          onChanged()
        }}
      />
    </div>
  )
}
