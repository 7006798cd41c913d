import type { PresentPerson } from '@deskbell/contract'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { usePresence } from '../../live/use-presence.ts'
import { isolated } from '../../ui/words/isolated.ts'
import { joinNames } from '../composer/join-names.ts'
import { nameOf } from './presence-words.ts'
import classes from './replying-notice.module.css'

interface ReplyingNoticeProps {
  ticketId: string
  /** Whether this person may write notes to the others. */
  staff: boolean
  /** The person asks the others in an internal note. */
  onAsk: () => void
  /** The person waits and watches. */
  onWatch: () => void
}

/** Says before the first word that someone else replies to this ticket. It stops nobody. */
export function ReplyingNotice({ ticketId, staff, onAsk, onWatch }: ReplyingNoticeProps) {
  const replying = usePresence(ticketId).people.filter(({ doing }) => doing === 'replying')
  const who = replying.map(({ person }) => person?.id ?? 'someone').join()
  const [known, setKnown] = useState('')
  if (replying.length === 0 || who === known) return null
  const names = joinNames(replying.map(({ person }) => nameOf(person)))
  return (
    // A press leaves the focus in the field: without it nobody replies, and the notice would go before the click.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={classes['notice']}
      role="status"
      data-focus-after="textarea"
      onMouseDown={(event) => event.preventDefault()}
    >
      <p className={classes['words']}>
        {names} {replying.length === 1 ? 'is' : 'are'} replying to this ticket.
      </p>
      <div className={classes['actions']}>
        {staff && (
          <Button size="compact-sm" variant="default" onClick={onAsk}>
            {askWords(replying)}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={onWatch}>
          Just watch
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => setKnown(who)}>
          Reply anyway
        </Button>
      </div>
    </div>
  )
}

function askWords([first, ...others]: readonly PresentPerson[]): string {
  const who = first === undefined || others.length > 0 ? 'them' : isolated(nameOf(first.person))
  return `Ask ${who} in a note`
}
