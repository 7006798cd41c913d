import type { Role, Status } from './vocabulary.ts'
import { isStaff, reopenedByReply } from './vocabulary.ts'
import { limits } from './limits.ts'

/** The person something is shown to. */
export interface Reader {
  id: string
  role: Role
}

/** What a person is to a ticket. */
export interface Relationship {
  creator: boolean
  watcher: boolean
}

/** Whether the reader may change title and description. */
export function mayEditTicket(reader: Reader, relationship: Relationship, status: Status): boolean {
  if (isStaff(reader.role)) return true
  return relationship.creator && status !== 'resolved' && status !== 'closed'
}

/** Staff may move a ticket to any status; its creator may close it and reopen it. */
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

/**
 * Whether a reply reopens the ticket: one by its creator, or by a requester who watches it, shows that it is not
 * done.
 */
export function replyReopens(
  reader: Pick<Reader, 'role'>,
  relationship: Relationship,
  status: Status,
): boolean {
  if (!reopenedByReply.includes(status)) return false
  return relationship.creator || (relationship.watcher && !isStaff(reader.role))
}

/**
 * Whether the reader may change priority, assignee, tags and other people's watching, and add internal notes and internal
 * files.
 */
export function mayTriage(reader: Reader): boolean {
  return isStaff(reader.role)
}

/** Whether the reader may make, rename, colour, merge, archive and delete tags, see internal ones and which are used. */
export function mayManageTags(reader: Reader): boolean {
  return isStaff(reader.role)
}

export function mayRemoveWatcher(reader: Reader, watcherId: string): boolean {
  return isStaff(reader.role) || reader.id === watcherId
}

/**
 * Whether the reader may correct or remove a comment: its author for 15 minutes, a super admin always. `never`: the
 * comment is not theirs.
 */
export function mayCorrectComment(
  reader: Reader,
  comment: { authorId: string; createdAt: string },
  now: number,
): 'yes' | 'tooLate' | 'never' {
  if (reader.role === 'super_admin') return 'yes'
  if (comment.authorId !== reader.id) return 'never'
  return now - Date.parse(comment.createdAt) <= limits.correctionMs ? 'yes' : 'tooLate'
}

/** Staff may always; the uploader may for 15 minutes. */
export function mayRemoveAttachment(
  reader: Reader,
  attachment: { uploaderId: string; createdAt: string },
  now: number,
): 'yes' | 'tooLate' | 'never' {
  if (isStaff(reader.role)) return 'yes'
  if (attachment.uploaderId !== reader.id) return 'never'
  return now - Date.parse(attachment.createdAt) <= limits.correctionMs ? 'yes' : 'tooLate'
}

/** Whether the reader may see what takes the space on the server's disk, and whose files do. */
export function maySeeStorage(reader: Reader): boolean {
  return reader.role === 'super_admin'
}

/** Whether the reader may see and change the settings of the whole desk. */
export function mayManageDesk(reader: Reader): boolean {
  return reader.role === 'super_admin'
}

export function mayManagePeople(reader: Reader): boolean {
  return reader.role === 'super_admin'
}

export function mayReadAudit(reader: Reader): boolean {
  return reader.role === 'super_admin'
}
