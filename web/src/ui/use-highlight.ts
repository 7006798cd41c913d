import type { ComboboxStore } from '@mantine/core'
import { useEffect, useRef } from 'react'

interface Listed {
  /** The text by which the options were found. */
  typed: string
  /** The options in their order. */
  ids: readonly string[]
}

/**
 * Highlights the option that Enter picks: the first one when the typed text changes, and when there was none before. Later
 * changes of the list, for example by other people, leave the highlight on the same option; it ends when that option is
 * gone.
 */
export function useHighlight(combobox: ComboboxStore, listed: Listed): void {
  const last = useRef<Listed>({ typed: '', ids: [] })
  useEffect(() => {
    const before = last.current
    last.current = listed
    if (before.typed !== listed.typed || before.ids.length === 0) {
      if (listed.ids.length > 0) combobox.selectFirstOption()
      return
    }
    const index = followed(before.ids, combobox.getSelectedOptionIndex(), listed.ids)
    if (index === -1) combobox.resetSelectedOption()
    else if (index !== combobox.getSelectedOptionIndex()) combobox.selectOption(index)
  })
}

/** Where the option at `index` is after the list changed; -1 when it is gone. */
export function followed(
  before: readonly string[],
  index: number,
  after: readonly string[],
): number {
  const id = before[index]
  return id === undefined ? -1 : after.indexOf(id)
}
