import type { Account, Reply } from '@deskbell/contract'
import { useState } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { isolated } from '../ui/words/isolated.ts'
import { useSubmit } from '../ui/use-submit.ts'
import { DialogForm } from '../ui/dialog-form.tsx'
import { LinkOnce } from './link-once.tsx'

interface NewLinkProps {
  person: Account
  onDone: () => void
}

/** Creates a link with which someone chooses a password, and shows it once. */
export function NewLink({ person, onDone }: NewLinkProps) {
  const { api } = useDesk()
  // As it was when the dialog opened, because the new link changes it.
  const [invited] = useState(person.pending)
  const [issued, setIssued] = useState<Reply<'issueLink'>>()
  const { submit, busy, error } = useSubmit(async () => {
    setIssued(await api.call('issueLink', { params: { id: person.id } }))
  })
  if (issued !== undefined) {
    return <LinkOnce name={person.name} link={issued.link} onDone={onDone} />
  }
  return (
    <DialogForm
      button="Make the link"
      busy={busy}
      error={error}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <p>
        {invited
          ? `With it ${isolated(person.name)} chooses a password and joins. It works once, for 7 days. Earlier links stop working.`
          : `With it ${isolated(person.name)} chooses a new password. It works once, for 24 hours. The present password works until then.`}
      </p>
    </DialogForm>
  )
}
