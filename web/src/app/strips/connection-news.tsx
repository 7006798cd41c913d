import { VisuallyHidden } from '@mantine/core'
import { useConnection } from '../../live/use-connection.ts'

/** Announces to screen readers when the connection is lost and when it is back, without reading the countdown. */
export function ConnectionNews() {
  const { state } = useConnection()
  return (
    <VisuallyHidden>
      <output>{state === 'offline' ? 'Offline' : state === 'live' ? 'Live' : ''}</output>
    </VisuallyHidden>
  )
}
