import { Link, useSearch } from '@tanstack/react-router'
import { useAuth } from '../live/use-auth.ts'
import { SetUpForm } from './set-up-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { useReturn } from './use-return.ts'

/** Makes the first super admin of a new help desk, from the link the server printed. */
export function SetUpPage() {
  const { status } = useAuth()
  const { token } = useSearch({ from: '/setup' })
  useReturn(status === 'signedIn', undefined)
  if (token === undefined) return <NoToken />
  return (
    <SignInFrame
      title="Set up your help desk"
      intro="You will be its first super admin. Everyone else joins by your invitation."
      foot={
        <>
          Set up already? <Link to="/sign-in">Sign in</Link>
        </>
      }
    >
      <SetUpForm token={token} />
    </SignInFrame>
  )
}

function NoToken() {
  return (
    <SignInFrame
      title="This link is not complete"
      intro="The server printed the whole link where it was started. Copy all of it, up to the last character."
      foot={
        <>
          Set up already? <Link to="/sign-in">Sign in</Link>
        </>
      }
    />
  )
}
