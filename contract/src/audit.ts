/**
 * The kinds of entries in the audit log, with the words on the screen: what the actor did. A new kind needs a line
 * here and a call of `record` where it happens.
 */
export const auditKinds = {
  'setUp.done': 'Set up this help desk',
  'signIn.succeeded': 'Signed in',
  'signIn.failed': 'Failed to sign in',
  'session.signedOut': 'Signed out',
  'session.ended': 'Ended sessions',
  'session.confirmed': 'Entered the password again',
  'person.invited': 'Invited someone',
  'person.roleChanged': 'Changed a role',
  'person.activated': 'Reactivated someone',
  'person.deactivated': 'Deactivated someone',
  'link.issued': 'Made a link to set a password',
  'link.withdrawn': 'Withdrew a link to set a password',
  'link.used': 'Used a link to set a password',
  'password.changed': 'Changed a password',
  'password.refused': 'Entered a wrong current password',
  'settings.changed': 'Changed a setting',
  'tag.created': 'Made a tag',
  'tag.edited': 'Edited a tag',
  'tag.deleted': 'Deleted a tag',
  'tag.archived': 'Archived a tag',
  'tag.restored': 'Restored a tag',
  'tag.merged': 'Merged a tag into another',
  'ticket.edited': 'Edited someone else’s ticket',
  'comment.corrected': 'Corrected someone else’s comment',
  'comment.removed': 'Removed someone else’s comment',
  'attachment.removed': 'Removed someone else’s file',
} as const satisfies Record<`${string}.${string}`, string>

export type AuditKind = keyof typeof auditKinds

/**
 * The channel through which someone acted: the app, a command on the server (`npm run password-link`), or the server
 * itself.
 */
export const auditChannels = ['app', 'console', 'server'] as const
export type AuditChannel = (typeof auditChannels)[number]
