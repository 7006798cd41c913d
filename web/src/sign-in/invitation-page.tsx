import { Button } from '@mantine/core'
import { ApiError } from '@deskbell/client'
import type { Api } from '@deskbell/client'
import type { Reply } from '@deskbell/contract'
import { Link, useParams } from '@tanstack/react-router'
import { Suspense, use, useState } from 'react'
import { useAuth } from '../live/use-auth.ts'
import { sayError } from '../ui/say-error.ts'
import { Splash } from '../ui/splash.tsx'
import { Invitation } from './invitation.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import classes from './sign-in-frame.module.css'

type Answer = { invitation: Reply<'invitation'> } | { error: unknown }

/** The page of an invitation or a password link. */
export function InvitationPage() {
  const { api } = useAuth()
  const { token } = useParams({ from: '/invitation/$token' })
  const [answer, setAnswer] = useState(() => lookUp(api, token))
  return (
    <Suspense fallback={<Splash />}>
      <Found token={token} answer={answer} onRetry={() => setAnswer(lookUp(api, token))} />
    </Suspense>
  )
}

interface FoundProps {
  token: string
  answer: Promise<Answer>
  onRetry: () => void
}

function Found({ token, answer, onRetry }: FoundProps) {
  const found = use(answer)
  if ('invitation' in found) return <Invitation token={token} invitation={found.invitation} />
  const spent = found.error instanceof ApiError && found.error.code === 'link.invalid'
  return spent ? <Spent /> : <Unknown error={found.error} onRetry={onRetry} />
}

function Spent() {
  return (
    <SignInFrame
      title="This link does not work any more"
      intro="It was used, withdrawn or replaced, or it expired. Ask a super admin for a new one."
      foot={
        <>
          You have a password already? <Link to="/sign-in">Sign in</Link>
        </>
      }
    />
  )
}

function Unknown({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <SignInFrame title="This link could not be checked" intro={sayError(error)}>
      <div className={classes['form']}>
        <Button onClick={onRetry}>Try again</Button>
      </div>
    </SignInFrame>
  )
}

function lookUp(api: Api, token: string): Promise<Answer> {
  return api.call('invitation', { params: { token } }).then(
    (invitation) => ({ invitation }),
    (error: unknown) => ({ error }),
  )
}
