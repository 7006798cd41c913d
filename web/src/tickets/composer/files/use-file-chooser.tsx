import { useRef } from 'react'
import type { ReactNode } from 'react'

interface FileChooser {
  /** A hidden element that must be placed somewhere. */
  input: ReactNode
  open: () => void
}

/** The browser's own dialog for choosing files. */
export function useFileChooser(onFiles: (files: readonly File[]) => void): FileChooser {
  const element = useRef<HTMLInputElement>(null)
  const input = (
    <input
      ref={element}
      type="file"
      multiple
      hidden
      onChange={(event) => {
        onFiles([...(event.currentTarget.files ?? [])])
        // Without this, choosing the same file again would cause no change event.
        event.currentTarget.value = ''
      }}
    />
  )
  return { input, open: () => element.current?.click() }
}
