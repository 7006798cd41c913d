import type { ListItem } from '@deskbell/client'
import { useNavigate } from '@tanstack/react-router'
import { useLayoutEffect, useRef } from 'react'
import { useShortcut } from '../../shell/shortcuts.tsx'
import { useUndo } from '../changes/use-undo.ts'
import { useListSearch } from './filter/use-list-search.ts'
import { currentRow } from './rows/current-row.ts'
import type { RowCursor } from './rows/use-row-cursor.ts'
import type { Selection } from './bulk/use-selection.ts'

interface ListShortcutsProps {
  /** The rows that are in the list. */
  rows: readonly ListItem[]
  cursor: RowCursor
  /** Absent for people who cannot change selected tickets. */
  selection: Selection | undefined
  openRef: string | undefined
  /** The list is visible. Where a ticket takes the whole page, keys still lead to the next one. */
  enabled: boolean
}

export function ListShortcuts({ rows, cursor, selection, openRef, enabled }: ListShortcutsProps) {
  const navigate = useNavigate()
  const [search, change] = useListSearch()
  const undo = useUndo()
  const at = currentRow(rows, cursor, openRef)
  const current = rows[at]
  // If the open ticket has left the list, the cursor is on the row that took its place.
  const place = at < 0 ? rows.findIndex(({ id }) => id === cursor.id) : at
  // The next press may come before the page shows where this one leads.
  const going = useRef<string>(undefined)
  useLayoutEffect(() => {
    going.current = undefined
  }, [openRef])

  function open(row: ListItem, replace: boolean) {
    const params = { ref: String(row.number) }
    void navigate({ to: '/tickets/$ref', params, search: true, replace })
  }

  function move(step: number) {
    const ahead = rows.findIndex(({ id }) => id === going.current)
    const isBetween = ahead < 0 && at < 0 && (place < 0 || step > 0)
    const from = ahead < 0 ? place : ahead
    const wanted = isBetween ? from : from + step
    const next = rows[Math.min(Math.max(wanted, 0), rows.length - 1)]
    if (next === undefined) return
    // With a ticket open, moving opens the next ticket.
    if (openRef === undefined) cursor.to(next.id)
    else {
      going.current = next.id
      open(next, true)
    }
  }

  useShortcut('j', 'Next ticket', 'List', () => move(1))
  useShortcut('k', 'Previous ticket', 'List', () => move(-1))
  useShortcut('Enter', 'Open the ticket', 'List', () => current && open(current, false), {
    enabled: enabled && openRef === undefined,
  })
  useShortcut(
    'x',
    'Select or unselect the ticket',
    'List',
    () => current && selection?.toggle(current.id),
    {
      enabled: enabled && selection !== undefined,
    },
  )
  useShortcut('Escape', 'Clear the selection', 'List', () => selection?.clear(), {
    enabled: enabled && (selection?.ids.size ?? 0) > 0,
  })
  useShortcut('Escape', 'End the search', 'List', () => change({ q: undefined }), {
    enabled:
      enabled &&
      openRef === undefined &&
      search.q !== undefined &&
      (selection?.ids.size ?? 0) === 0,
  })
  useShortcut('z', 'Undo your last change', 'List', () => void undo())
  return null
}
