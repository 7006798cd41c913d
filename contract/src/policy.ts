import type { Role, Status } from './vocabulary.ts'
import { isStaff, reopenedByReply } from './vocabulary.ts'
import { limits } from './limits.ts'

/** Who is asking. */
export interface Reader {
  id: string
  role: Role
}

/** What a person is to a ticket. */
export interface Relationship {
  creator: boolean
  watcher: boolean
}

export function maySeeTicket(reader: Reader, relationship: Relationship): boolean {
  return isStaff(reader.role) || relationship.creator || relationship.watcher
}

/** Title and description. */
export function mayEditTicket(reader: Reader, relationship: Relationship, status: Status): boolean {
  if (isStaff(reader.role)) return true
  return relationship.creator && status !== 'resolved' && status !== 'closed'
}

/** Staff move a ticket anywhere; its creator may close it and reopen it. */
export function mayMoveTicket(
  reader: Reader,
  relationship: Relationship,
  from: Status,
  to: Status,
): boolean {
  if (isStaff(reader.role)) return true
  if (!relationship.creator) return false
  return to === 'closed' || (to === 'open' && (from === 'resolved' || from === 'closed'))
}

/** A reply of its creator, or of a requester who watches it, says that a ticket is not done. */
export function replyReopens(
  reader: Pick<Reader, 'role'>,
  relationship: Relationship,
  status: Status,
): boolean {
  if (!reopenedByReply.includes(status)) return false
  return relationship.creator || (relationship.watcher && !isStaff(reader.role))
}

/** Priority, assignee and other people's watching, internal notes and internal files. */
export function mayTriage(reader: Reader): boolean {
  return isStaff(reader.role)
}

export function mayRemoveWatcher(reader: Reader, watcherId: string): boolean {
  return isStaff(reader.role) || reader.id === watcherId
}

/** To correct or remove: its author for 15 minutes, a super admin always. `never` when it is not theirs at all. */
export function mayCorrectComment(
  reader: Reader,
  comment: { authorId: string; createdAt: string },
  now: number,
): 'yes' | 'tooLate' | 'never' {
  if (reader.role === 'super_admin') return 'yes'
  if (comment.authorId !== reader.id) return 'never'
  return now - Date.parse(comment.createdAt) <= limits.correctionMs ? 'yes' : 'tooLate'
}

/** Staff always; whoever uploaded it for 15 minutes. */
export function mayRemoveAttachment(
  reader: Reader,
  attachment: { uploaderId: string; createdAt: string },
  now: number,
): 'yes' | 'tooLate' | 'never' {
  if (isStaff(reader.role)) return 'yes'
  if (attachment.uploaderId !== reader.id) return 'never'
  return now - Date.parse(attachment.createdAt) <= limits.correctionMs ? 'yes' : 'tooLate'
}

/** What takes the space on the server's disk, and whose files. */
export function maySeeStorage(reader: Reader): boolean {
  return reader.role === 'super_admin'
}

export function mayManagePeople(reader: Reader): boolean {
  return reader.role === 'super_admin'
}

export function mayReadAudit(reader: Reader): boolean {
  return reader.role === 'super_admin'
}
