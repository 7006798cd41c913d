import { VisuallyHidden } from '@mantine/core'
import { useConnection } from '../../live/use-connection.ts'

/** Tells screen readers when the connection goes and when it is back, without counting along. */
export function ConnectionNews() {
  const { state } = useConnection()
  return (
    <VisuallyHidden>
      <output>{state === 'offline' ? 'Offline' : state === 'live' ? 'Live' : ''}</output>
    </VisuallyHidden>
  )
}
