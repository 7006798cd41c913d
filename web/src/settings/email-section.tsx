import type { Reply } from '@deskbell/contract'
import { useDesk } from '../live/use-desk.ts'
import { NotLoaded } from '../shell/not-loaded.tsx'
import { RelativeTime } from '../ui/marks/relative-time.tsx'
import classes from './email.module.css'
import { SettingsSection } from './settings-section.tsx'
import { useFetched } from './use-fetched.ts'

type State = Reply<'emailState'>

/** Shows super admins whether the desk sends e-mail, what waits, and what was not sent and why. */
export function EmailSection() {
  const { api } = useDesk()
  const { value, error, reload } = useFetched((signal) => api.call('emailState', { signal }))
  return (
    <SettingsSection
      title="E-mail"
      text="Invitations, links for a new password, and what concerns people who do not see it here."
    >
      {value === undefined ? (
        <NotLoaded what="The state of e-mail" error={error} onRetry={reload} />
      ) : (
        <>
          {value.missing.length > 0 ? <Missing names={value.missing} /> : <Waiting state={value} />}
          <Failures failures={value.failures} />
        </>
      )}
    </SettingsSection>
  )
}

function Missing({ names }: { names: State['missing'] }) {
  return (
    <div className={classes['state']}>
      <p>This desk sends no e-mail yet. Until it does:</p>
      <ul>
        <li>links for invitations and new passwords are handed over by whoever makes them;</li>
        <li>people learn of what concerns them only here.</li>
      </ul>
      <p>
        To change that, set {names.length === 1 ? 'this' : 'these'} in the file <code>.env</code>{' '}
        and start Deskbell again:
      </p>
      <ul aria-label="What is missing">
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Waiting({ state: { waiting, problem } }: { state: State }) {
  return (
    <div className={classes['state']}>
      <p>
        This desk sends e-mail.{' '}
        {waiting === 0
          ? 'Nothing waits.'
          : `${waiting === 1 ? 'One waits' : `${waiting} wait`} for more to come, or for the mail server.`}
      </p>
      {problem !== null && (
        <p>
          The mail server cannot be used now, or asks to come later: <q>{problem}</q> It is tried
          again and again, and nothing is lost.
        </p>
      )}
    </div>
  )
}

function Failures({ failures }: Pick<State, 'failures'>) {
  if (failures.length === 0) return null
  return (
    <div className={classes['state']}>
      <h3 className={classes['heading']}>Not sent</h3>
      <ul className={classes['failures']} aria-label="Not sent">
        {failures.map(({ at, reason, person, ticket }, index) => (
          <li key={`${at} ${index}`}>
            <span>
              {person === null ? 'To nobody in particular' : <bdi>{person.name}</bdi>}
              {ticket !== null && `, about #${ticket}`}, <RelativeTime at={at} />
            </span>
            <span className={classes['quiet']}>{reason}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
