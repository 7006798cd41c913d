import type { Account } from '@deskbell/contract'
import { Dialog } from '../ui/dialog.tsx'
import { isolated } from '../ui/words/isolated.ts'
import { ConfirmAct } from './confirm-act.tsx'
import { confirmations } from './confirmations.ts'
import { InviteForm } from './invite-form.tsx'
import { NewLink } from './new-link.tsx'
import { RoleForm } from './role-form.tsx'
import type { PersonDialog } from './use-person-dialog.ts'

interface PersonDialogsProps {
  people: readonly Account[]
  dialog: PersonDialog
}

/** The one dialog of the page, for every act. */
export function PersonDialogs({ people, dialog }: PersonDialogsProps) {
  const { act, opened, close, turn } = dialog
  const person =
    act === undefined || act.kind === 'invite'
      ? undefined
      : people.find(({ id }) => id === act.personId)
  return (
    <Dialog
      opened={opened}
      onClose={close}
      stackId="person"
      title={act && titleOf(act.kind, person)}
      // A link is shown once, so a stray click must not close it.
      closeOnClickOutside={act?.kind !== 'invite' && act?.kind !== 'link'}
    >
      {act && <Content key={turn} kind={act.kind} person={person} onDone={close} />}
    </Dialog>
  )
}

type Kind = NonNullable<PersonDialog['act']>['kind']

interface ContentProps {
  kind: Kind
  person: Account | undefined
  onDone: () => void
}

function Content({ kind, person, onDone }: ContentProps) {
  if (kind === 'invite') return <InviteForm onDone={onDone} />
  if (person === undefined) return null
  if (kind === 'role') return <RoleForm person={person} onDone={onDone} />
  if (kind === 'link') return <NewLink person={person} onDone={onDone} />
  return <ConfirmAct kind={kind} person={person} onDone={onDone} />
}

function titleOf(kind: Kind, person: Account | undefined): string {
  if (kind === 'invite') return 'Invite someone'
  if (person === undefined) return 'People'
  if (kind === 'role') return `Role of ${isolated(person.name)}`
  if (kind === 'link') return person.pending ? 'New invitation link' : 'New password link'
  return confirmations[kind](person).title
}
