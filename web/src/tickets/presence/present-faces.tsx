import { IconUser } from '@tabler/icons-react'
import type { PresentPerson } from '@deskbell/contract'
import { usePresence } from '../../live/use-presence.ts'
import { PersonAvatar } from '../../ui/marks/person-avatar.tsx'
import { allWords, orMore, presentWords } from './presence-words.ts'
import classes from './present-faces.module.css'

const most = 5

/** The faces of the others who have the ticket open: a ring replies, an amber ring writes a note, pale is away. */
export function PresentFaces({ ticketId }: { ticketId: string }) {
  const { people, more } = usePresence(ticketId)
  if (people.length === 0) return null
  const unseen = { people: people.slice(most), more }
  const count = unseen.people.length + more
  return (
    <ul className={classes['faces']} aria-label="Here now">
      {people.slice(0, most).map((one) => (
        <li
          key={one.person?.id ?? 'someone'}
          className={classes['face']}
          data-doing={one.doing}
          data-idle={one.idle || undefined}
        >
          <Face present={one} />
        </li>
      ))}
      {count > 0 && (
        <li className={classes['more']} title={allWords(unseen)}>
          +{orMore(count, more)}
        </li>
      )}
    </ul>
  )
}

function Face({ present }: { present: PresentPerson }) {
  const words = presentWords(present)
  if (present.person !== null) return <PersonAvatar person={present.person} label={words} />
  return (
    <span className={classes['someone']} role="img" aria-label={words} title={words}>
      <IconUser size={14} aria-hidden="true" />
    </span>
  )
}
