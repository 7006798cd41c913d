import { useSearch } from '@tanstack/react-router'
import { useAuth } from '../live/use-auth.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignInFrame } from './sign-in-frame.tsx'
import { useReturn } from './use-return.ts'

/** Signs a person in, and takes them back to the page that they wanted. */
export function SignInPage() {
  const { status, notice } = useAuth()
  const { next } = useSearch({ from: '/sign-in' })
  useReturn(status === 'signedIn', next)
  return (
    <SignInFrame
      title="Sign in"
      intro={notice !== undefined && <span role="status">{notice}</span>}
      foot="Forgot your password, or never had one? Ask a super admin for a link. A new Deskbell shows the link for its first account where it was started."
    >
      <SignInForm />
    </SignInFrame>
  )
}
