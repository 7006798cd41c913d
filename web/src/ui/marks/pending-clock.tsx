import { VisuallyHidden } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'

/** Marks a change of this person that the server has not confirmed yet. */
export function PendingClock() {
  return (
    <>
      <IconClock size={12} stroke={2} aria-hidden="true" style={{ flex: 'none' }} />
      <VisuallyHidden>, not confirmed yet</VisuallyHidden>
    </>
  )
}
