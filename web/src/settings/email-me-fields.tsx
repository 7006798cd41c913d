import { emailReasons } from '@deskbell/contract'
import type { EmailReason, Reply } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { NotLoaded } from '../shell/not-loaded.tsx'
import classes from './email.module.css'
import { SettingSwitch } from './setting-switch.tsx'
import { useFetched } from './use-fetched.ts'

type Choices = Reply<'notificationSettings'>['email']

/** For what the person is sent e-mails. */
export function EmailMeFields() {
  const { api } = useDesk()
  const { value, error, reload } = useFetched((signal) =>
    api.call('notificationSettings', { signal }),
  )
  /** What was chosen here, until it is read again. */
  const [chosen, setChosen] = useState<{ over: unknown; email: Choices }>()
  if (value === undefined)
    return <NotLoaded what="For what you are sent e-mails" error={error} onRetry={reload} />
  const email = chosen?.over === value ? chosen.email : value.email

  async function save(reason: EmailReason, on: boolean) {
    const next = { ...email, [reason]: on }
    setChosen({ over: value, email: next })
    try {
      await api.call('editNotificationSettings', { body: { email: next } })
    } catch (thrown) {
      setChosen({ over: value, email })
      throw thrown
    }
  }

  return (
    <fieldset className={classes['choices']}>
      <legend>E-mail me</legend>
      <p className={classes['quiet']}>
        {value.sendsEmail
          ? 'About what you have not seen here after three minutes.'
          : 'This desk sends no e-mail yet. What you choose counts as soon as it does.'}
      </p>
      {emailReasons.map((reason) => (
        <SettingSwitch
          key={reason}
          {...words[reason]}
          checked={email[reason]}
          save={(on) => save(reason, on)}
        />
      ))}
    </fieldset>
  )
}

const words: Record<EmailReason, { label: string; description: string }> = {
  mentioned: {
    label: 'When someone mentions me',
    description: 'In a reply, a note or a description.',
  },
  assigned: { label: 'When a ticket is assigned to me', description: 'By somebody else.' },
  reply: {
    label: 'When someone writes on a ticket of mine',
    description: 'One that I raised, that is assigned to me, or that I watch.',
  },
}
