import { Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useAuth } from '../live/use-auth.ts'
import { Splash } from '../ui/splash.tsx'
import { SetUpForm } from './set-up-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import classes from './sign-in-frame.module.css'
import { useReturn } from './use-return.ts'

/** Creates the first super admin of a new help desk, by the link that the server printed. */
export function SetUpPage() {
  const { status } = useAuth()
  const { token } = useSearch({ from: '/setup' })
  const done = useSetUpDone()
  useReturn(status === 'signedIn', undefined)
  if (done === undefined) return <Splash />
  if (done) return <SetUpAlready />
  if (token === undefined) return <NoToken />
  return (
    <SignInFrame
      title="Set up your help desk"
      intro="You will be its first super admin. Everyone else joins by your invitation."
    >
      <SetUpForm token={token} />
    </SignInFrame>
  )
}

/** Undefined until known. If the call fails, the page shows the form, whose own call reports the state. */
function useSetUpDone(): boolean | undefined {
  const { api } = useAuth()
  const [done, setDone] = useState<boolean>()
  useEffect(() => {
    const asking = new AbortController()
    api.call('setUpState', { signal: asking.signal }).then(
      (state) => setDone(state.done),
      () => asking.signal.aborted || setDone(false),
    )
    return () => asking.abort()
  }, [api])
  return done
}

function SetUpAlready() {
  return (
    <SignInFrame
      title="This help desk is set up already"
      intro="The link was for its first account. Whoever made that one can invite you."
    >
      <div className={classes['form']}>
        <Button component={Link} to="/sign-in">
          Sign in
        </Button>
      </div>
    </SignInFrame>
  )
}

function NoToken() {
  return (
    <SignInFrame
      title="This link is not complete"
      intro="The server printed the whole link where it was started. Copy all of it, up to the last character."
    />
  )
}
