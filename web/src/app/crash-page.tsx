import { Button } from '@mantine/core'
import { IconMoodConfuzed, IconRefresh } from '@tabler/icons-react'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { NewVersionError } from '../ui/load-when-served.ts'
import { Message } from '../ui/message.tsx'

/** Shows that a part of the app was replaced by a new version, or that this window has a bug: a reload repairs both. */
export function CrashPage({ error }: ErrorComponentProps) {
  const reload = <Button onClick={() => window.location.reload()}>Reload</Button>
  return (
    <main role="alert">
      {error instanceof NewVersionError ? (
        <Message
          icon={<IconRefresh size={32} stroke={1.5} />}
          title="There is a new version of Deskbell"
          heading="page"
          action={reload}
        >
          This window still has the old one. Reload it to go on. Nothing is lost: everything you
          sent is stored, and drafts are kept on this device.
        </Message>
      ) : (
        <Message
          icon={<IconMoodConfuzed size={32} stroke={1.5} />}
          title="This page stopped working"
          heading="page"
          action={reload}
        >
          Something went wrong in this window. Nothing was lost: everything you sent is stored, and
          drafts are kept on this device.
        </Message>
      )}
    </main>
  )
}
