import { IconPlugConnectedX } from '@tabler/icons-react'
import { Button } from '@mantine/core'
import { Navigate, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { DeskProvider } from '../live/desk-provider.tsx'
import { useAuth } from '../live/use-auth.ts'
import { useMentioned } from '../live/use-mentioned.ts'
import { UseMentioned } from '../ui/markdown/mentioned.tsx'
import { Message } from '../ui/message.tsx'
import { Splash } from '../ui/splash.tsx'
import { Frame } from './frame/frame.tsx'

/** Everything for people who are signed in; other people go to the sign-in page and come back. */
export function DeskPage() {
  const { me, status, left, retry } = useAuth()
  if (status === 'loading') return <Splash />
  if (status === 'unreachable') return <Unreachable onRetry={retry} />
  if (me === undefined) return <ToSignIn comingBack={!left} />
  return (
    <DeskProvider me={me}>
      <UseMentioned value={useMentioned}>
        <Frame />
      </UseMentioned>
    </DeskProvider>
  )
}

/**
 * Reads the current address once and does not follow it: while the sign-in page loads, the address is already its
 * own.
 */
function ToSignIn({ comingBack }: { comingBack: boolean }) {
  const { state } = useRouter()
  const [from] = useState(state.location.href)
  return (
    <Navigate to="/sign-in" search={comingBack && from !== '/' ? { next: from } : {}} replace />
  )
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  return (
    <main>
      <Message
        icon={<IconPlugConnectedX size={32} stroke={1.5} />}
        title="Deskbell cannot be reached"
        heading="page"
        action={<Button onClick={onRetry}>Try again</Button>}
      >
        The server did not answer. It may be restarting, or you may be offline.
      </Message>
    </main>
  )
}
