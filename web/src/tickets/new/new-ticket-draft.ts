import { priorities } from '@deskbell/contract'
import type { Priority } from '@deskbell/contract'

/** A ticket before it is created. */
export interface NewTicketDraft {
  /** The id of the future ticket: however often the draft is sent, it creates one ticket. */
  id: string
  title: string
  description: string
  priority: Priority
}

/** Where a browser stores a person's new ticket until it is created. */
export function newTicketDraftPlace(storage: Storage, personId: string) {
  const key = `deskbell.newTicket.${personId}`
  return {
    get: () => parse(storage.getItem(key)),
    set: (draft: NewTicketDraft) => {
      try {
        storage.setItem(key, JSON.stringify(draft))
        return true
      } catch {
        return false
      }
    },
    clear: () => storage.removeItem(key),
  }
}

/** A browser's storage may hold anything: a format of another version, or a part of ours. */
function parse(text: string | null): NewTicketDraft | undefined {
  if (text === null) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isDraft(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isDraft(value: unknown): value is NewTicketDraft {
  if (typeof value !== 'object' || value === null) return false
  const { id, title, description, priority } = value as Record<keyof NewTicketDraft, unknown>
  const isText = [id, title, description].every((part) => typeof part === 'string')
  return isText && priorities.some((name) => name === priority)
}
