/**
 * Every failure that a caller may see: its code, its HTTP status and its sentence. HTTP and the socket use the same
 * table.
 */
export const errors = {
  'request.invalid': [400, 'Something in this request is not as it should be.'],
  'request.malformed': [400, 'This request could not be read.'],
  'request.tooLarge': [413, 'This is larger than Deskbell accepts.'],
  'request.tooSlow': [408, 'This request took too long to arrive.'],
  'request.unsupported': [415, 'Deskbell does not accept this kind of content here.'],
  'request.tooMany': [429, 'That was too often. Please wait a moment and try again.'],
  'request.origin': [403, 'This request comes from another site.'],
  'request.host': [
    403,
    'Deskbell does not know the address by which it was opened. The person who runs it can set PUBLIC_URL to this address.',
  ],
  'idempotency.missing': [400, 'A change needs an Idempotency-Key header with a UUID.'],
  'idempotency.mismatch': [409, 'This Idempotency-Key was used for another change.'],
  'session.none': [401, 'Please sign in.'],
  'session.other': [401, 'Someone else is signed in here now. Nothing was changed.'],
  'session.refused': [401, 'The e-mail address or the password is not right.'],
  'session.throttled': [429, 'Too many failed attempts. Please wait before you try again.'],
  'session.confirm': [403, 'This needs your password again. Nothing was changed.'],
  'password.wrong': [403, 'The current password is not right.'],
  'setup.done': [404, 'This help desk is already set up.'],
  'link.invalid': [404, 'This link is not valid any more. Ask for a new one.'],
  'not.found': [404, 'There is nothing here, or you may not see it.'],
  forbidden: [403, 'You may not do this.'],
  'ticket.changed': [409, 'Someone else changed this while you were editing.'],
  'ticket.replied': [409, 'Someone replied while you were writing.'],
  'ticket.assigneeUnavailable': [409, 'Only an active member of staff can be assigned.'],
  'ticket.tooManyWatchers': [409, 'This ticket has as many watchers as it can have.'],
  'ticket.tooManyTags': [409, 'This ticket has as many tags as it can have.'],
  'tag.nameTaken': [409, 'There is a tag with this name already. It may be archived or merged.'],
  'tag.tooMany': [409, 'There are as many tags as there can be. Archive or merge some first.'],
  'tag.tooManyEver': [
    409,
    'There are as many tags as there can ever be, archived and merged ones included.',
  ],
  'tag.deleted': [404, 'This tag was deleted.'],
  'tag.archived': [409, 'This tag is archived. Restore it first.'],
  'tag.merged': [409, 'This tag was merged: it only stands for another one.'],
  'tag.cycle': [409, 'A tag cannot be merged into itself, or into one that stands for it.'],
  'tag.mixed': [409, 'An internal tag and a public one cannot be merged.'],
  'comment.tooLate': [403, 'A comment can be corrected or removed for 15 minutes.'],
  'comment.empty': [400, 'A comment needs some words or a file.'],
  'comment.removed': [409, 'This comment was removed.'],
  'mention.tooMany': [400, 'A text can mention at most 20 people.'],
  'mention.unavailable': [
    409,
    'Someone who is mentioned here is not active any more, or you do not know them. Write the name without @.',
  ],
  'draft.differs': [409, 'You wrote something else here on another device.'],
  'draft.tooMany': [
    409,
    'You have more unsent text than the server keeps. Send or discard some; this device keeps it.',
  ],
  'attachment.tooLate': [403, 'A file can be removed by its owner for 15 minutes.'],
  'attachment.notDraft': [409, 'One of these files is not waiting to be sent with a comment.'],
  'attachment.tooManyDrafts': [
    409,
    'Too many files of yours wait to be sent. Send or remove some, then try again.',
  ],
  'attachment.incomplete': [400, 'The upload was interrupted. Nothing was stored.'],
  'attachment.missing': [400, 'No file came with this upload.'],
  'attachment.gone': [
    410,
    'The server has the name of this file, but not its content any more. Please ask for the file again.',
  ],
  'person.exists': [409, 'Someone with this e-mail address is already here.'],
  'person.nameTaken': [
    409,
    'Someone here has this name already. Add something that distinguishes the two, such as a team.',
  ],
  'person.lastSuperAdmin': [409, 'The last active super admin has to stay one.'],
  'person.inactive': [409, 'This person is deactivated.'],
  'push.otherKey': [409, 'This browser subscribed with a key that the desk does not use any more.'],
  'socket.unknownEvent': [400, 'The server does not know this message.'],
  'socket.tooManySockets': [429, 'You have too many windows open. Close one and try again.'],
  'storage.full': [507, 'The server has no room for this file. Nothing was stored.'],
  'storage.quota': [
    409,
    'Your files take all the room that one person has here. Nothing was stored. Remove some, or ask a super admin.',
  ],
  'storage.exhausted': [
    503,
    'The disk of the server is full, so nothing can be changed. Nothing was lost. Removing files still works.',
  ],
  busy: [503, 'Deskbell is busy. Please try again in a moment.'],
  unavailable: [
    503,
    'Deskbell cannot reach its database right now. Nothing was lost; please try again.',
  ],
  internal: [500, 'Something went wrong on our side. Please try again.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>

export type ErrorCode = keyof typeof errors

/**
 * The body of every refused call. The code decides the shape of `details` (docs/errors.md); `requestId` finds the log
 * line.
 */
export interface ErrorBody {
  code: ErrorCode
  message: string
  details?: unknown
  requestId?: string
}
