import { isComposing } from '../shell/key-of.ts'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import type { PaletteItem } from './palette-item.ts'

/** The chosen line: the arrow keys move it and wrap around, Enter runs it. */
export function useChoice(items: readonly PaletteItem[], onChoose: (run: () => void) => void) {
  const [at, setAt] = useState(0)
  const active = Math.min(at, items.length - 1)

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) return
    const chosen = items[active]
    if (chosen === undefined) return
    if (event.key === 'ArrowDown') setAt((active + 1) % items.length)
    else if (event.key === 'ArrowUp') setAt((active - 1 + items.length) % items.length)
    else if (event.key === 'Enter') onChoose(chosen.run)
    else return
    event.preventDefault()
  }

  return { active, choose: setAt, onKeyDown }
}
