import { letter } from './letter.ts'
import type { Letter } from './letter.ts'

interface LinkWords {
  kind: 'invitation' | 'password'
  /** Who made the link. */
  by: string
  url: string
  expiresAt: string
  host: string
}

/** The e-mail with a link that sets a password. */
export function linkLetter({ kind, by, url, expiresAt, host }: LinkWords): {
  subject: string
} & Letter {
  const isInvitation = kind === 'invitation'
  const until = new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(new Date(expiresAt))
  return {
    subject: isInvitation ? `Your invitation to ${host}` : `A new password for ${host}`,
    ...letter([
      {
        kind: 'text',
        text: isInvitation
          ? `${by} invites you to the help desk at ${host}. Choose a password, and you are in.`
          : `${by} made a link with which you choose a new password for the help desk at ${host}. The present password works until then.`,
      },
      { kind: 'button', label: 'Choose a password', url },
      {
        kind: 'quiet',
        text: `The link works once, until ${until} UTC. Whoever has it can choose the password, so pass it on to nobody.`,
      },
    ]),
  }
}
