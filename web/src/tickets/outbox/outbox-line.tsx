import type { OutboxItem } from '@deskbell/client'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { RelativeTime } from '../../ui/marks/relative-time.tsx'
import { conflictOf } from './conflict-of.ts'
import classes from './outbox-dialog.module.css'
import { useEditNewTicket } from '../new/use-edit-new-ticket.ts'
import { outboxWords } from './outbox-words.ts'
import { whyNotSent } from './why-not-sent.ts'

interface OutboxLineProps {
  item: OutboxItem
  /** The title of its ticket, if that waits, too. */
  newTitle: string | undefined
  /** Something on its ticket waits for a decision. */
  isHeld: boolean
  /** The person goes to the ticket. */
  onLeave: () => void
}

/** One change that waits: what, where, since when; and the decision, when it was refused. */
export function OutboxLine({ item, newTitle, isHeld, onLeave }: OutboxLineProps) {
  const { what, text } = outboxWords(item.change)
  const conflict = conflictOf(item)
  return (
    <li className={classes['line']} data-refused={item.error !== undefined || undefined}>
      <p className={classes['head']}>
        <strong>{what}</strong>
        {item.change.kind !== 'createTicket' && (
          <>
            {' on '}
            <Link
              to="/tickets/$ref"
              params={{ ref: String(item.number ?? item.ticketId) }}
              onClick={onLeave}
            >
              {item.number === undefined ? <bdi>{newTitle ?? 'a ticket'}</bdi> : `#${item.number}`}
            </Link>
          </>
        )}
        {', '}
        <RelativeTime at={new Date(item.madeAt).toISOString()} />
      </p>
      {conflict === undefined ? (
        <p className={classes['text']} dir="auto">
          {text}
        </p>
      ) : (
        <dl className={classes['values']}>
          <div>
            <dt>Theirs, as it is now</dt>
            <dd dir="auto">{conflict || 'Empty'}</dd>
          </div>
          <div>
            <dt>Yours, not saved</dt>
            <dd dir="auto">{text || 'Empty'}</dd>
          </div>
        </dl>
      )}
      {item.error && (
        <p className={classes['why']} role="status">
          {whyNotSent(item)}
        </p>
      )}
      {isHeld && !item.error && (
        <p className={classes['held']}>Waits for your decision on this ticket.</p>
      )}
      <Choices item={item} isConflict={conflict !== undefined} onLeave={onLeave} />
    </li>
  )
}

interface ChoicesProps extends Omit<OutboxLineProps, 'newTitle' | 'isHeld'> {
  isConflict: boolean
}

function Choices({ item, isConflict, onLeave }: ChoicesProps) {
  const desk = useDesk()
  const editNewTicket = useEditNewTicket(onLeave)
  const [asked, setAsked] = useState(false)
  const { id, ticketId, number, change, error } = item
  const discard = () => desk.discardKept(id)

  if (asked)
    return (
      <div key="asked" className={classes['choices']}>
        <span>
          {error
            ? 'It is gone then.'
            : 'It is not sent then. If the server has it by now, its ticket shows it.'}
        </span>
        <Button
          size="compact-xs"
          variant="default"
          ref={focusAtOnce}
          onClick={() => setAsked(false)}
        >
          Keep it
        </Button>
        <Button size="compact-xs" className={classes['danger']} onClick={discard}>
          Discard it
        </Button>
      </div>
    )
  return (
    <div key="choices" className={classes['choices']}>
      {error && change.kind === 'addComment' && (
        <Button
          size="compact-xs"
          variant="default"
          renderRoot={(props) => (
            <Link to="/tickets/$ref" params={{ ref: String(number ?? ticketId) }} {...props} />
          )}
          onClick={onLeave}
        >
          Open, with its text
        </Button>
      )}
      {error && change.kind === 'createTicket' && (
        <Button size="compact-xs" variant="default" onClick={() => editNewTicket(id, change.input)}>
          Edit it
        </Button>
      )}
      {error && change.kind !== 'unknown' && (
        <Button size="compact-xs" variant="default" onClick={() => desk.sendKeptAgain(id)}>
          {isConflict ? 'Use mine' : 'Send anyway'}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        onClick={isConflict ? discard : () => setAsked(true)}
      >
        {isConflict ? 'Keep theirs' : 'Discard'}
      </Button>
    </div>
  )
}

function focusAtOnce(element: HTMLElement | null) {
  element?.focus()
}
