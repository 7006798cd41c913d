import { Button, CloseButton, Menu } from '@mantine/core'
import type { Desk, ListItem } from '@deskbell/client'
import { priorities, statuses } from '@deskbell/contract'
import type { PersonRef } from '@deskbell/contract'
import type { ReactNode } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useMe } from '../../live/use-me.ts'
import { toastError } from '../../notifications/toast.ts'
import { PriorityMark } from '../../ui/priority-mark.tsx'
import { StatusIcon } from '../../ui/status-icon.tsx'
import { priorityWords, statusWords } from '../../ui/words.ts'
import classes from './bulk-bar.module.css'
import { changeMany } from './change-many.ts'
import { PersonItems } from './person-items.tsx'
import type { Selection } from './use-selection.ts'

interface BulkBarProps {
  rows: readonly ListItem[]
  selection: Selection
}

/** What can be done to all selected tickets: each is the same change as on a single one. */
export function BulkBar({ rows, selection }: BulkBarProps) {
  const desk = useDesk()
  const chosen = rows.filter(({ id }) => selection.ids.has(id))

  function change(one: (desk: Desk, row: ListItem) => Promise<void>) {
    selection.clear()
    void changeMany(chosen, (row) => one(desk, row)).then(({ failed, error }) => {
      if (failed > 0) {
        toastError(`${failed} of ${chosen.length} tickets could not be changed`, error)
      }
    })
  }

  return (
    <div className={classes['bar']} role="toolbar" aria-label="Selected tickets">
      <output className={classes['count']}>{chosen.length} selected</output>
      <BulkMenu label="Status">
        {statuses.map((status) => (
          <Menu.Item
            key={status}
            leftSection={<StatusIcon status={status} />}
            onClick={() => change((to, row) => to.changeStatus(row.id, status))}
          >
            {statusWords[status]}
          </Menu.Item>
        ))}
      </BulkMenu>
      <BulkMenu label="Priority">
        {priorities.toReversed().map((priority) => (
          <Menu.Item
            key={priority}
            leftSection={<PriorityMark priority={priority} decorative />}
            onClick={() => change((to, row) => to.changePriority(row.id, priority))}
          >
            {priorityWords[priority]}
          </Menu.Item>
        ))}
      </BulkMenu>
      <BulkMenu label="Assign">
        <AssignItems onChoose={(person) => change((to, row) => to.assign(row.id, person))} />
      </BulkMenu>
      <CloseButton size="sm" aria-label="Clear the selection" onClick={selection.clear} />
    </div>
  )
}

function BulkMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu position="top" width={220}>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray">
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

function AssignItems({ onChoose }: { onChoose: (person: PersonRef | null) => void }) {
  const { id, name } = useMe()
  return (
    <>
      <Menu.Item onClick={() => onChoose({ id, name, staff: true, active: true })}>Me</Menu.Item>
      <Menu.Item onClick={() => onChoose(null)}>Nobody</Menu.Item>
      <Menu.Divider />
      <PersonItems staffOnly onChoose={onChoose} />
    </>
  )
}
