import { Suspense, useState } from 'react'
import { useConfirmation } from '../live/use-confirmation.ts'
import { lazyPart } from '../ui/lazy-part.ts'

const ConfirmPassword = lazyPart(() => import('../sign-in/confirm-password.tsx'), 'ConfirmPassword')

/** Whatever call needs the person's password: one dialog asks for it. It stays, to give the focus back. */
export function AskForPassword() {
  const confirmation = useConfirmation()
  const [used, setUsed] = useState(false)
  if (confirmation !== undefined && !used) setUsed(true)
  if (!used) return null
  return (
    <Suspense fallback={null}>
      <ConfirmPassword confirmation={confirmation} />
    </Suspense>
  )
}
