import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import type { SignedIn } from '@deskbell/contract'
import { RelativeTime } from '../ui/marks/relative-time.tsx'
import classes from './sessions.module.css'

interface SessionRowProps {
  session: SignedIn
  busy: boolean
  onEnd: () => void
}

/** One session. The current one has no button here: "Sign out" is further down on the page. */
export function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const { device, address, signedInAt, usedAt, current } = session
  const Icon = / on (Android|iOS)$/.test(device) ? IconDeviceMobile : IconDeviceDesktop
  return (
    <li className={classes['row']}>
      <Icon size={20} stroke={1.5} aria-hidden="true" />
      <div className={classes['what']}>
        <span className={classes['device']}>{device}</span>
        {current && <span className={classes['here']}>This device</span>}
        <span className={classes['when']}>
          {!current && (
            <>
              Last used <RelativeTime at={usedAt} />,{' '}
            </>
          )}
          {current ? 'Signed in ' : 'signed in '}
          <RelativeTime at={signedInAt} />
        </span>
        {address !== null && <span className={classes['when']}>From {address}</span>}
      </div>
      {!current && (
        <Button
          variant="default"
          size="xs"
          disabled={busy}
          aria-label={`Sign out ${device}`}
          onClick={onEnd}
        >
          Sign out
        </Button>
      )}
    </li>
  )
}
