import { useConnection } from '../../live/use-connection.ts'
import { ConnectionState } from './connection-state.tsx'
import classes from './offline-strip.module.css'

/** Shows above a page when the connection is not live. */
export function OfflineStrip() {
  const { state } = useConnection()
  if (state === 'live' || state === 'connecting') return null
  return (
    <div className={classes['strip']}>
      <ConnectionState />
      {state === 'offline' && <span className={classes['note']}>What you see may be old.</span>}
    </div>
  )
}
