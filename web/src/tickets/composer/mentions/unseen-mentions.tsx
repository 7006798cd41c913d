import { Button } from '@mantine/core'
import { isStaff, mentionedIn } from '@deskbell/contract'
import type { PersonRef, Ticket } from '@deskbell/contract'
import { useDesk } from '../../../live/use-desk.ts'
import { useMe } from '../../../live/use-me.ts'
import { useNames } from '../../../live/use-names.ts'
import { toastError } from '../../../notifications/toast.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { joinNames } from '../join-names.ts'
import classes from './unseen-mentions.module.css'

interface UnseenMentionsProps {
  ticket: Pick<Ticket, 'id' | 'creator' | 'watchers'>
  body: string
  internal: boolean
}

/** Says who of the mentioned people will not see the text. Staff can let them watch the ticket, where that helps. */
export function UnseenMentions({ ticket, body, internal }: UnseenMentionsProps) {
  const ids = mentionedIn(body)
  return ids.length === 0 ? null : <Unseen ids={ids} ticket={ticket} internal={internal} />
}

type UnseenProps = Omit<UnseenMentionsProps, 'body'> & { ids: readonly string[] }

function Unseen({ ids, ticket, internal }: UnseenProps) {
  const desk = useDesk()
  const me = useMe()
  const names = useNames() ?? []
  const here = new Set([ticket.creator, ...ticket.watchers].map(({ id }) => id))
  const unseen = names.filter(
    ({ id, staff }) => ids.includes(id) && !staff && (internal || !here.has(id)),
  )
  if (unseen.length === 0) return null

  function add(person: PersonRef) {
    desk
      .watch(ticket.id, person)
      .catch((error: unknown) => toastError(`${isolated(person.name)} was not added`, error))
  }

  const who = joinNames(unseen.map(({ name }) => name))
  return (
    <div className={classes['unseen']} role="status" data-focus-after="textarea">
      <p className={classes['words']}>
        {internal
          ? `${who} will not see this note.`
          : `${who} ${unseen.length === 1 ? 'does' : 'do'} not see this ticket, and will not be told.`}
      </p>
      {!internal &&
        isStaff(me.role) &&
        unseen.map((person) => (
          <Button key={person.id} size="compact-sm" variant="default" onClick={() => add(person)}>
            {unseen.length === 1 ? 'Add as watcher' : `Add ${isolated(person.name)} as watcher`}
          </Button>
        ))}
    </div>
  )
}
