import { uuidv7 } from '@deskbell/client'
import { useMemo, useState } from 'react'
import { useMe } from '../../live/use-me.ts'
import { useStoredDraft } from '../composer/drafts/use-stored-draft.ts'
import { newTicketDraftPlace } from './new-ticket-draft.ts'
import type { NewTicketDraft } from './new-ticket-draft.ts'

interface NewTicketDraftStore {
  draft: NewTicketDraft
  /** It was begun on an earlier visit, and is still as it was. */
  restored: boolean
  /** It will be here after a reload. */
  kept: boolean
  update(part: Partial<NewTicketDraft>): void
  /** Begins an empty one. */
  renew(): void
}

/** What someone is writing as a new ticket, kept on this device until it is created. */
export function useNewTicketDraft(): NewTicketDraftStore {
  const me = useMe()
  const place = useMemo(() => newTicketDraftPlace(localStorage, me.id), [me.id])
  const stored = useStoredDraft(place)
  const [restored, setRestored] = useState(stored.value !== undefined)
  // One id from the first render on: a second press before anything was typed is the same ticket.
  const [spareId, setSpareId] = useState(() => uuidv7())
  const empty: NewTicketDraft = { id: spareId, title: '', description: '', priority: 'medium' }

  return {
    draft: stored.value ?? empty,
    restored,
    kept: stored.kept,
    update: (part) => {
      setRestored(false)
      stored.write({ ...(stored.read() ?? empty), ...part })
    },
    renew: () => {
      setRestored(false)
      setSpareId(uuidv7())
      stored.clear()
    },
  }
}
