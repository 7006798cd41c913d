import { Button } from '@mantine/core'
import { IconMoodConfuzed } from '@tabler/icons-react'
import { Message } from '../ui/message.tsx'

/** A bug of ours in this window, or a chunk that a new version replaced: a reload mends both. */
export function CrashPage() {
  return (
    <main role="alert">
      <Message
        icon={<IconMoodConfuzed size={32} stroke={1.5} />}
        title="This page stopped working"
        heading="page"
        action={<Button onClick={() => window.location.reload()}>Reload</Button>}
      >
        Something went wrong in this window. Nothing was lost: everything you sent is stored, and
        drafts are kept on this device.
      </Message>
    </main>
  )
}
