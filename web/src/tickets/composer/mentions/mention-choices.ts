import { isFound } from '@deskbell/contract'
import type { PersonRef } from '@deskbell/contract'

export interface MentionScope {
  /** Those who are on the ticket come first. */
  onTicket: readonly PersonRef[]
  /** The text is an internal note: requesters do not see it. */
  internal: boolean
}

const most = 20

/** Whom a text can mention and whose name has what was typed: those on the ticket, then staff, then others. */
export function mentionChoices(
  names: readonly PersonRef[],
  typed: string,
  { onTicket, internal }: MentionScope,
  meId: string,
): PersonRef[] {
  const here = new Set(onTicket.map(({ id }) => id))
  const place = ({ id, staff }: PersonRef) => (here.has(id) ? 0 : staff ? 1 : 2)
  return names
    .filter(({ id, staff, name }) => id !== meId && (staff || !internal) && isFound(name, typed))
    .toSorted((a, b) => place(a) - place(b))
    .slice(0, most)
}
