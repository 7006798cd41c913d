import type { KeptChange } from '@deskbell/client'
import { hasVisible } from '@deskbell/contract'
import { useNavigate } from '@tanstack/react-router'
import { useMe } from '../../live/use-me.ts'
import { toast } from '../../notifications/toast.ts'
import { tellThisWindow } from '../composer/drafts/use-stored-draft.ts'
import { newTicketDraftPlace } from './new-ticket-draft.ts'

type NewTicketInput = Extract<KeptChange, { kind: 'createTicket' }>['input']

/** Puts a ticket that was refused into the form again, with its id: created from there, it takes its files with it. */
export function useEditNewTicket(onLeave: () => void) {
  const me = useMe()
  const navigate = useNavigate()
  return (id: string, { priority = 'medium', ...input }: NewTicketInput) => {
    const refused = { ...input, id, priority }
    const place = newTicketDraftPlace(localStorage, me.id)
    const begun = place.get()
    const isTaken = begun !== undefined && begun.id !== refused.id
    if (isTaken && [begun.title, begun.description].some(hasVisible))
      return toast('You have begun another new ticket', 'Create it, or start over there, first.')
    if (!place.set(refused)) return toast('It cannot be edited', 'This browser has no room for it.')
    tellThisWindow()
    onLeave()
    void navigate({ to: '/new' })
  }
}
