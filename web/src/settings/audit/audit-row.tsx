import { IconTerminal2, IconUserQuestion, IconServer } from '@tabler/icons-react'
import { auditKinds, withPlainMentions } from '@deskbell/contract'
import type { AuditEntry } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import { PersonAvatar } from '../../ui/marks/person-avatar.tsx'
import { RelativeTime } from '../../ui/marks/relative-time.tsx'
import classes from './audit.module.css'
import { isAuditKind } from './audit-search.ts'
import { detailWords } from './detail-words.ts'

/** Who did what to whom, when and from where. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { kind, actor, subject, ticket, details, text, at } = entry
  const place = [entry.device, entry.address].filter((part) => part !== null).join(', ')
  return (
    <li className={classes['row']}>
      <Actor entry={entry} />
      <div className={classes['what']}>
        <p className={classes['line']}>
          <span className={classes['name']} title={actor?.email}>
            <bdi>{actor?.name ?? nobody[entry.via].name}</bdi>
          </span>{' '}
          {actWords(kind)}
        </p>
        <ul className={classes['details']}>
          {subject !== null && subject.id !== actor?.id && (
            <li title={subject.email}>
              <bdi>{subject.name}</bdi>
            </li>
          )}
          {ticket !== null && (
            <li>
              <Link to="/tickets/$ref" params={{ ref: String(ticket.number) }}>
                #{ticket.number}
              </Link>
            </li>
          )}
          {detailWords(details).map((words) => (
            <li key={words}>
              <bdi>{words}</bdi>
            </li>
          ))}
          {place !== '' && <li>{place}</li>}
        </ul>
        {text !== null && (
          <details className={classes['before']}>
            <summary>The text before</summary>
            <blockquote dir="auto">{text === '' ? 'No text' : withPlainMentions(text)}</blockquote>
          </details>
        )}
        {text === null && kind === 'comment.corrected' && (
          <p className={classes['gone']}>The text before was deleted with the comment.</p>
        )}
      </div>
      <span className={classes['when']}>
        <RelativeTime at={at} />
      </span>
    </li>
  )
}

/** The act in words that continue a sentence. */
function actWords(kind: string): string {
  if (!isAuditKind(kind)) return kind
  const words = auditKinds[kind]
  return words.charAt(0).toLowerCase() + words.slice(1)
}

function Actor({ entry: { actor, via } }: { entry: AuditEntry }) {
  if (actor !== null) return <PersonAvatar person={actor} size={28} decorative />
  const { Icon } = nobody[via]
  return <Icon size={20} stroke={1.5} aria-hidden="true" className={classes['nobody']} />
}

/** The actor of entries that no signed-in person made. */
const nobody = {
  app: { name: 'Someone', Icon: IconUserQuestion },
  console: { name: 'A command on the server', Icon: IconTerminal2 },
  server: { name: 'Deskbell', Icon: IconServer },
}
