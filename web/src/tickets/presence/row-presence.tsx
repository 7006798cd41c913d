import { usePresence } from '../../live/use-presence.ts'
import { allWords } from './presence-words.ts'
import classes from './row-presence.module.css'

/** A corner of the row while others have the ticket open: filled while someone of them replies. */
export function RowPresence({ ticketId }: { ticketId: string }) {
  const present = usePresence(ticketId)
  const { people } = present
  if (people.length === 0) return null
  const words = allWords(present)
  const isAnswering = people.some(({ doing }) => doing === 'replying')
  const isIdle = people.every(({ idle }) => idle)
  return (
    <span
      className={classes['corner']}
      data-replying={isAnswering || undefined}
      data-idle={isIdle || undefined}
      role="img"
      aria-label={words}
      title={words}
    />
  )
}
