import { Menu } from '@mantine/core'
import type { ListItem } from '@deskbell/client'
import { mayTriage, statuses } from '@deskbell/contract'
import type { Me, Status } from '@deskbell/contract'
import { useRef, useState } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { useMe } from '../../../live/use-me.ts'
import { WhileOpen } from '../../../ui/while-open.tsx'
import { KeyHint } from '../../../ui/marks/key-hint.tsx'
import { ChangeItems } from '../bulk/change-items.tsx'
import type { ChangedField } from '../bulk/change-items.tsx'
import { menuTitle } from '../bulk/menu-title.ts'
import { mayMoveRow } from '../../may-move-row.ts'
import { myRef } from '../../my-ref.ts'
import classes from './row-menu.module.css'
import { placeOf } from './row-place.ts'
import type { Place } from './row-place.ts'
import { useChange } from '../../changes/use-change.ts'

interface RowMenuProps {
  /** The row with the keyboard's focus; undefined where these keys mean something else. */
  row: ListItem | undefined
  /** If rows are selected, the keys change all of them. */
  selected: readonly ListItem[]
  /** The selected rows were changed. */
  onChanged: () => void
  onOpen: () => void
  /** The keyboard goes back to the row, or to the first row if there was none. */
  onClose: () => void
}

const keys = { status: 's', priority: 'p' } as const

/** Changes the focused row, or all selected rows, by the same keys as in an open ticket. */
export function RowMenu({ row, selected, onChanged, onOpen, onClose }: RowMenuProps) {
  const me = useMe()
  const change = useChange()
  const [{ times, opened, field, place }, setMenu] = useState<MenuState>({
    times: 0,
    opened: false,
    field: 'status',
    place: { left: 0, top: 0, height: 0 },
  })
  const newest = useRef(0)
  const rows = selected.length > 0 ? selected : row === undefined ? [] : [row]
  const moves = movesOf(me, rows)
  const triages = mayTriage(me)

  function open(what: ChangedField) {
    const where = rows.length > 0 ? placeOf(row) : undefined
    if (where === undefined) return onClose()
    newest.current = times + 1
    setMenu({ times: times + 1, opened: true, field: what, place: where })
    onOpen()
  }

  function close() {
    // A menu that fades out does not close the one that was opened after it.
    if (newest.current !== times) return
    setMenu((menu) => ({ ...menu, opened: false }))
    onClose()
  }

  useShortcut('s', 'Change the status', 'List', () => open('status'), {
    enabled: triages || moves.length > 0,
  })
  useShortcut('p', 'Change the priority', 'List', () => open('priority'), {
    enabled: triages,
  })
  useShortcut(
    'i',
    'Assign to me',
    'List',
    () => {
      if (rows.length === 0) return onClose()
      void change(rows, { field: 'assignee', to: myRef(me) })
      if (selected.length > 0) onChanged()
    },
    { enabled: triages },
  )

  return (
    <WhileOpen opened={opened}>
      {/* A new key mounts a new menu: the next key may come while the last menu still fades out. */}
      <Menu key={times} opened={opened} onClose={close} position="bottom-start" width={220}>
        <Menu.Target>
          <button
            type="button"
            tabIndex={-1}
            aria-hidden="true"
            aria-label={menuTitle(field, rows.length)}
            className={classes['place']}
            style={place}
          />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label className={classes['label']}>
            {menuTitle(field, rows.length)} <KeyHint keys={keys[field]} />
          </Menu.Label>
          <ChangeItems
            field={field}
            moves={moves}
            onChange={(edit) => {
              void change(rows, edit)
              if (selected.length > 0) onChanged()
            }}
          />
        </Menu.Dropdown>
      </Menu>
    </WhileOpen>
  )
}

interface MenuState {
  /** How often the menu was opened. */
  times: number
  opened: boolean
  field: ChangedField
  place: Place
}

/** The statuses to which this person may move all of the rows. */
function movesOf(me: Me, rows: readonly ListItem[]): Status[] {
  return statuses.filter(
    (to) =>
      rows.some(({ status }) => status !== to) &&
      rows.every((row) => mayMoveRow(me, row, row.status, to)),
  )
}
