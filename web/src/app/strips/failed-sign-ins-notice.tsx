import { CloseButton } from '@mantine/core'
import { IconShieldExclamation } from '@tabler/icons-react'
import { useAuth } from '../../live/use-auth.ts'
import { RelativeTime } from '../../ui/marks/relative-time.tsx'
import classes from './strips.module.css'

/** Says that somebody tried passwords for this person's account. It stays until it is dismissed. */
export function FailedSignInsNotice() {
  const { failedSignIns, dismissFailedSignIns } = useAuth()
  if (failedSignIns === undefined) return null
  const { attempts, lastAt, lastAddress } = failedSignIns
  return (
    <section
      className={classes['strip']}
      data-tone="warning"
      aria-label="Failed sign-ins"
      data-focus-after="main"
    >
      <IconShieldExclamation size={16} aria-hidden />
      <p>
        {attempts === 1
          ? 'A wrong password was tried for your account ('
          : `Wrong passwords were tried for your account ${attempts} times (last `}
        <RelativeTime at={lastAt} />
        {lastAddress !== null && `, from ${lastAddress}`}). If that was not you, choose a password
        that you use nowhere else.
      </p>
      <CloseButton
        size="sm"
        aria-label="Dismiss"
        className={classes['close']}
        onClick={dismissFailedSignIns}
      />
    </section>
  )
}
