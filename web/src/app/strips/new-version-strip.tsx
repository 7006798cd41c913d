import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useConnection } from '../../live/use-connection.ts'
import { isReplaced } from '../../ui/is-replaced.ts'
import classes from './strips.module.css'

/** Says that the server was upgraded while this window was open: the old app may not understand what it gets now. */
export function NewVersionStrip() {
  const isOld = useIsReplaced()
  return (
    <div role="status">
      {isOld && (
        <p className={classes['strip']} data-tone="warning">
          <IconRefresh size={16} aria-hidden />
          There is a new version of Deskbell, and this window still has the old one. Drafts are
          kept.
          <Button
            size="compact-xs"
            variant="default"
            className={classes['action']}
            onClick={() => window.location.reload()}
          >
            Reload
          </Button>
        </p>
      )}
    </div>
  )
}

/** Compares the versions each time the connection comes back: an upgrade restarts the server. */
function useIsReplaced(): boolean {
  const { state } = useConnection()
  const [isOld, setIsOld] = useState(false)
  const wasLost = useRef(false)

  useEffect(() => {
    if (state === 'offline') wasLost.current = true
    if (state !== 'live' || !wasLost.current) return
    wasLost.current = false
    // A server that does not answer now is asked again after the next reconnect.
    isReplaced().then(setIsOld, () => {})
  }, [state])
  return isOld
}
