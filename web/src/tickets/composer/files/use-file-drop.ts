import { useState } from 'react'
import type { DragEvent } from 'react'
import { filesOf } from './files-of.ts'

/** Accepts files dropped on an element. `over` is true while files are dragged above it. */
export function useFileDrop(onFiles: (files: readonly File[]) => void) {
  // Moving onto a child also leaves the parent, so the hook counts the entered elements.
  const [depth, setDepth] = useState(0)

  return {
    over: depth > 0,
    handlers: {
      onDragEnter: (event: DragEvent) => {
        if (carriesFiles(event)) setDepth((before) => before + 1)
      },
      onDragLeave: (event: DragEvent) => {
        if (carriesFiles(event)) setDepth((before) => Math.max(0, before - 1))
      },
      onDragOver: (event: DragEvent) => {
        if (carriesFiles(event)) event.preventDefault()
      },
      onDrop: (event: DragEvent) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        setDepth(0)
        onFiles(filesOf(event.dataTransfer))
      },
    },
  }
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files')
}
