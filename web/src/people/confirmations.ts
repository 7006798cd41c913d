import type { Account } from '@deskbell/contract'
import { isolated } from '../ui/words/isolated.ts'
import type { PersonActKind } from './use-person-dialog.ts'

export type ConfirmedKind = Exclude<PersonActKind, 'role' | 'link'>

interface Confirmation {
  title: string
  text: string
  button: string
  danger?: true
}

/** The words with which a dialog explains each act before it is done. */
export const confirmations: Record<ConfirmedKind, (person: Account) => Confirmation> = {
  deactivate: ({ name, pending }) => ({
    title: `Deactivate ${isolated(name)}?`,
    text: pending
      ? `The invitation stops working. You can bring ${isolated(name)} back at any time.`
      : `${isolated(name)} is signed out everywhere at once and cannot sign in. What they wrote stays; ` +
        'tickets assigned to them count as unassigned. You can bring them back at any time.',
    button: 'Deactivate',
    danger: true,
  }),
  reactivate: ({ name, pending }) => ({
    title: `Reactivate ${isolated(name)}?`,
    text: pending
      ? `${isolated(name)} never chose a password: make a new invitation link afterwards.`
      : `${isolated(name)} can sign in again with the password they had.`,
    button: 'Reactivate',
  }),
  endSessions: ({ name }) => ({
    title: `Sign ${isolated(name)} out everywhere?`,
    text: 'Every session of theirs ends at once. Their password still works. Drafts are kept on their devices.',
    button: 'Sign out everywhere',
  }),
  withdraw: ({ name, pending }) => ({
    title: pending
      ? `Withdraw the invitation of ${isolated(name)}?`
      : `Withdraw the link of ${isolated(name)}?`,
    text: pending
      ? `The link stops working at once. ${isolated(name)} stays in the list, and you can make a new link at any time.`
      : 'The link stops working at once. The password they have still works.',
    button: 'Withdraw',
    danger: true,
  }),
}
