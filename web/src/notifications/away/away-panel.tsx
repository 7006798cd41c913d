import { CloseButton, VisuallyHidden } from '@mantine/core'
import { useEventListener } from '@mantine/hooks'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useMe } from '../../live/use-me.ts'
import { RelativeTime } from '../../ui/marks/relative-time.tsx'
import { isolated } from '../../ui/words/isolated.ts'
import { awayLines } from './away-lines.ts'
import type { AwayLine } from './away-lines.ts'
import type { Away } from './use-away.ts'
import classes from './away-panel.module.css'

/** What happened while the person was away, a line a ticket. It stays until they close it. */
export function AwayPanel({ missed, seen, close }: Pick<Away, 'missed' | 'seen' | 'close'>) {
  const me = useMe()
  const [folded, setFolded] = useState(false)
  const titleId = useId()
  const listId = useId()
  const ref = useEventListener('keydown', (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    close()
  })
  if (missed === undefined) return null
  const lines = awayLines(missed.tickets, me)
  const toDo = lines.filter((line) => line.toDo !== undefined).length
  const Chevron = folded ? IconChevronUp : IconChevronDown

  return (
    <section ref={ref} className={classes['panel']} aria-labelledby={titleId} data-focus-after="">
      <div className={classes['head']}>
        <h2 id={titleId} className={classes['title']}>
          While you were away
        </h2>
        <p className={classes['sum']}>
          {sumOf(lines.length, missed.more, toDo)} · since <RelativeTime at={missed.since} />
        </p>
        <button
          type="button"
          className={classes['fold']}
          aria-expanded={!folded}
          aria-controls={listId}
          onClick={() => setFolded(!folded)}
        >
          <Chevron size={16} stroke={1.6} aria-hidden="true" />
          <VisuallyHidden>{folded ? 'Show the tickets' : 'Hide the tickets'}</VisuallyHidden>
        </button>
        <CloseButton
          size="sm"
          aria-label="Close what happened while you were away"
          onClick={close}
        />
      </div>
      <ol id={listId} className={classes['lines']} hidden={folded}>
        {lines.map((line) => (
          <li key={line.ticket.id}>
            <Line line={line} seen={seen.has(line.ticket.id)} onOpen={() => setFolded(true)} />
          </li>
        ))}
        {missed.more && (
          <li>
            <Link
              to="/"
              search={{ view: 'open', sort: '-updated' }}
              className={classes['line'] ?? ''}
              onClick={() => setFolded(true)}
            >
              Show all that changed
            </Link>
          </li>
        )}
      </ol>
    </section>
  )
}

interface LineProps {
  line: AwayLine
  seen: boolean
  onOpen: () => void
}

function Line({ line: { ticket, words, more, toDo }, seen, onOpen }: LineProps) {
  return (
    <Link
      to="/tickets/$ref"
      params={{ ref: String(ticket.number) }}
      search={true}
      className={classes['line'] ?? ''}
      data-seen={seen || undefined}
      onClick={onOpen}
    >
      <span className={classes['name']}>
        <bdi>{`#${ticket.number} ${isolated(ticket.title)}`}</bdi>
        {toDo !== undefined && <span className={classes['todo']}>{toDo}</span>}
      </span>
      {words.map((sentence, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- sentences have no identity but their place
        <bdi key={index} className={classes['words']}>
          {index === 0 && more ? `… ${sentence}` : sentence}
        </bdi>
      ))}
      {seen && <VisuallyHidden>Seen</VisuallyHidden>}
    </Link>
  )
}

/** "4 tickets, 2 of them for you". */
function sumOf(tickets: number, more: boolean, toDo: number): string {
  const all = `${tickets}${more ? ' or more' : ''} ${tickets === 1 ? 'ticket' : 'tickets'}`
  return toDo === 0 ? all : `${all}, ${toDo} to answer or take`
}
