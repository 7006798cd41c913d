import { uuidv7 } from '@deskbell/client'
import { useMemo, useState } from 'react'
import { useMe } from '../../live/use-me.ts'
import { useStoredDraft } from '../composer/drafts/use-stored-draft.ts'
import { newTicketDraftPlace } from './new-ticket-draft.ts'
import type { NewTicketDraft } from './new-ticket-draft.ts'

interface NewTicketDraftStore {
  draft: NewTicketDraft
  /** The draft is from an earlier visit and unchanged since. */
  restored: boolean
  /** The draft survives a reload. */
  kept: boolean
  update(part: Partial<NewTicketDraft>): void
  /** Begins an empty draft. */
  renew(): void
}

/** The new ticket that someone is writing, kept on this device until it is created. */
export function useNewTicketDraft(): NewTicketDraftStore {
  const me = useMe()
  const place = useMemo(() => newTicketDraftPlace(localStorage, me.id), [me.id])
  const stored = useStoredDraft(place)
  const [restored, setRestored] = useState(stored.value !== undefined)
  // The id is the same from the first render on, so that a second press before any typing creates the same ticket.
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
