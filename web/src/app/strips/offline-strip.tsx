import { useConnection } from '../../live/use-connection.ts'
import { ConnectionState } from './connection-state.tsx'
import classes from './offline-strip.module.css'

/** A phone has no rail, so this strip above the page shows when the connection is not live. */
export function OfflineStrip() {
  const { state } = useConnection()
  if (state === 'live' || state === 'connecting') return null
  return (
    <div className={classes['strip']}>
      <ConnectionState />
    </div>
  )
}
