import { CloseButton } from '@mantine/core'
import { IconShieldExclamation } from '@tabler/icons-react'
import type { FailedSignIns } from '@deskbell/contract'
import { useAuth } from '../live/use-auth.ts'
import { exactTime } from '../ui/time-words.ts'
import classes from './strips.module.css'

/** Somebody tried passwords for this person's account. Stays until it is dismissed. */
export function FailedSignInsNotice() {
  const { failedSignIns, dismissFailedSignIns } = useAuth()
  if (failedSignIns === undefined) return null
  return (
    <section className={classes['strip']} data-tone="warning" aria-label="Failed sign-ins">
      <IconShieldExclamation size={16} aria-hidden />
      <p>
        {wordsFor(failedSignIns)} If that was not you, choose a password that you use nowhere else.
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

function wordsFor({ attempts, firstAt, lastAt, lastAddress }: FailedSignIns): string {
  const from = lastAddress === null ? '' : ` from ${lastAddress}`
  if (attempts === 1)
    return `One attempt to sign in as you had a wrong password: ${exactTime(lastAt)}${from}.`
  return `${attempts} attempts to sign in as you had a wrong password since ${exactTime(firstAt)}; the last${from} on ${exactTime(lastAt)}.`
}
