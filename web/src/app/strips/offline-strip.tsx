import { useConnection } from '../../live/use-connection.ts'
import { ConnectionState } from './connection-state.tsx'
import classes from './offline-strip.module.css'

/** On a phone there is no rail to look at: anything but live shows above the page. */
export function OfflineStrip() {
  const { state } = useConnection()
  if (state === 'live' || state === 'connecting') return null
  return (
    <div className={classes['strip']}>
      <ConnectionState />
    </div>
  )
}
