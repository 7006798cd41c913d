import { Button } from '@mantine/core'
import { Refusal } from '../ui/refusal.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import { NotLoaded } from '../shell/not-loaded.tsx'
import { useDesk } from '../live/use-desk.ts'
import { useAppliedEvents } from '../live/use-applied-events.ts'
import { SessionRow } from './session-row.tsx'
import classes from './sessions.module.css'
import { SettingsSection } from './settings-section.tsx'
import { useFetched } from './use-fetched.ts'

/** The person's sessions, each with a way to end it. */
export function SessionsSection() {
  return (
    <SettingsSection
      title="Sessions"
      text="The devices where you are signed in. Do you not know one of them? Sign it out and change your password."
    >
      <Sessions />
    </SettingsSection>
  )
}

function Sessions() {
  const { api } = useDesk()
  const {
    value: sessions,
    error: unread,
    reload,
  } = useFetched(async (signal) => (await api.call('mySessions', { signal })).sessions)
  useAppliedEvents(({ event }) => {
    if (event.name === 'session:ended') reload()
  })
  const { submit, busy, error } = useSubmit(
    async (id: string | undefined) => {
      await (id === undefined
        ? api.call('endMyOtherSessions', { query: { others: 'true' } })
        : api.call('endMySession', { params: { id } }))
      reload()
    },
    // Reads the list again, since the session may have ended already.
    reload,
  )
  if (sessions === undefined)
    return <NotLoaded what="The list of your sessions" error={unread} onRetry={reload} />
  return (
    <>
      <ul
        className={classes['list']}
        aria-label="Your sessions"
        tabIndex={-1}
        data-focus-after="ul"
      >
        {sessions.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={busy}
            onEnd={() => void submit(session.id)}
          />
        ))}
      </ul>
      <Refusal error={error} />
      {sessions.length > 1 && (
        <Button
          variant="default"
          disabled={busy}
          data-focus-after="ul"
          onClick={() => void submit(undefined)}
        >
          Sign out everywhere else
        </Button>
      )}
    </>
  )
}
