import type { Reply } from '@deskbell/contract'
import { useAuth } from '../live/use-auth.ts'
import { isolated } from '../ui/words/isolated.ts'
import { exactTime } from '../ui/words/time-words.ts'
import { InvitationForm } from './invitation-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'

interface InvitationProps {
  token: string
  invitation: Reply<'invitation'>
}

/** Sets the first password of an invited person, or a new one for a person who lost theirs. */
export function Invitation({ token, invitation }: InvitationProps) {
  const { me } = useAuth()
  const { kind, email, expiresAt } = invitation
  const name = isolated(invitation.name)
  return (
    <SignInFrame
      title={kind === 'invitation' ? `Welcome, ${name}` : 'Choose a new password'}
      intro={
        kind === 'invitation'
          ? 'Choose a password to join.'
          : `For ${name}. You will be signed out everywhere else.`
      }
      foot={
        me === undefined || me.email === email
          ? `This link works once, until ${exactTime(expiresAt)}.`
          : `You are signed in as ${isolated(me.name)}. Going on signs you in as ${name} instead.`
      }
    >
      <InvitationForm token={token} invitation={invitation} />
    </SignInFrame>
  )
}
