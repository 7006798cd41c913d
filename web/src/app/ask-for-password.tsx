import { Suspense, useState } from 'react'
import { useConfirmation } from '../live/use-confirmation.ts'
import { lazyPart } from '../ui/lazy-part.ts'

const ConfirmPassword = lazyPart(() => import('../sign-in/confirm-password.tsx'), 'ConfirmPassword')

/**
 * The one dialog that asks for the password, for every call that needs it. It stays mounted, to give the focus back.
 */
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
