import type { Api } from '@deskbell/client'
import type { Account } from '@deskbell/contract'
import { useDesk } from '../live/use-desk.ts'
import { toast } from '../notifications/toast.ts'
import { isolated } from '../ui/words/isolated.ts'
import { useSubmit } from '../ui/use-submit.ts'
import { confirmations } from './confirmations.ts'
import type { ConfirmedKind } from './confirmations.ts'
import { DialogForm } from '../ui/dialog-form.tsx'

interface ConfirmActProps {
  kind: ConfirmedKind
  person: Account
  onDone: () => void
}

/** Says what would happen, and does it once the person confirms. */
export function ConfirmAct({ kind, person, onDone }: ConfirmActProps) {
  const { api } = useDesk()
  const { submit, busy, error } = useSubmit(async () => {
    await calls[kind](api, person.id)
    // The page itself does not show this result.
    if (kind === 'endSessions') toast(`${isolated(person.name)} is signed out everywhere.`)
    onDone()
  })
  const { text, button, danger = false } = confirmations[kind](person)
  return (
    <DialogForm
      button={button}
      danger={danger}
      busy={busy}
      error={error}
      onSubmit={() => void submit()}
      onCancel={onDone}
    >
      <p>{text}</p>
    </DialogForm>
  )
}

const calls: Record<ConfirmedKind, (api: Api, id: string) => Promise<unknown>> = {
  deactivate: (api, id) => api.call('editPerson', { params: { id }, body: { active: false } }),
  reactivate: (api, id) => api.call('editPerson', { params: { id }, body: { active: true } }),
  endSessions: (api, id) => api.call('endSessions', { params: { id } }),
  withdraw: (api, id) => api.call('withdrawLink', { params: { id } }),
}
