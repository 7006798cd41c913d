import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'

interface ChangedMeanwhileProps {
  shown: boolean
  /** Takes the other value. */
  onKeep: () => void
  /** What was changed, and to what. */
  children: ReactNode
}

/** Says that someone else changed what this person is changing. */
export function ChangedMeanwhile({ shown, onKeep, children }: ChangedMeanwhileProps) {
  return (
    <div role="status" data-focus-after="input">
      {shown && (
        <p>
          {children} meanwhile. If you save, yours replaces it.{' '}
          <Anchor component="button" type="button" onClick={onKeep}>
            Keep it
          </Anchor>
        </p>
      )}
    </div>
  )
}
