import { uuidv7 } from '@deskbell/client'
import type { Priority } from '@deskbell/contract'
import { useState } from 'react'
import { useStoredDraft } from '../composer/use-stored-draft.ts'

/** A ticket before it is created. */
export interface NewTicketDraft {
  /** Of the ticket it becomes, so that it is created once however often it is sent. */
  id: string
  title: string
  description: string
  priority: Priority
}

interface NewTicketDraftStore {
  draft: NewTicketDraft
  /** It was begun on an earlier visit, and is still as it was. */
  restored: boolean
  update(part: Partial<NewTicketDraft>): void
  /** Begins an empty one. */
  renew(): void
}

/** What someone is writing as a new ticket, kept on this device until it is created. */
export function useNewTicketDraft(): NewTicketDraftStore {
  const stored = useStoredDraft<NewTicketDraft>('new')
  const [restored, setRestored] = useState(stored.value !== undefined)
  return {
    draft: stored.value ?? emptyDraft(),
    restored,
    update: (part) => {
      setRestored(false)
      stored.write({ ...(stored.read() ?? emptyDraft()), ...part })
    },
    renew: () => {
      setRestored(false)
      stored.clear()
    },
  }
}

function emptyDraft(): NewTicketDraft {
  return { id: uuidv7(), title: '', description: '', priority: 'medium' }
}
