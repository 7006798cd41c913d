import { ApiError } from '@deskbell/client'
import { IconCloudOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useOfflineSince } from '../live/use-offline-since.ts'
import { ErrorMessage } from '../ui/error-message.tsx'
import { Message } from '../ui/message.tsx'
import { Splash } from '../ui/splash.tsx'

interface NotLoadedProps {
  /** "The tickets", which could not be loaded. */
  what: string
  /** Absent while it loads, and when loading goes on by itself. */
  error?: unknown
  onRetry?: () => void
  heading?: 'page' | 'section'
  /** Shown while it loads. */
  children?: ReactNode
}

/** Takes the place of what is not loaded. Without a connection it says so, since loading then goes on by itself. */
export function NotLoaded(props: NotLoadedProps) {
  const { what, error, onRetry = () => undefined, heading = 'section', children } = props
  const isOffline = useOfflineSince() !== undefined
  if (isOffline && (error === undefined || isUnreachable(error))) {
    return (
      <div role="status">
        <Message
          icon={<IconCloudOff size={32} stroke={1.5} />}
          title="There is no connection"
          heading={heading}
        >
          {what} could not be loaded. Check your network. As soon as the connection is back, this
          loads by itself.
        </Message>
      </div>
    )
  }
  if (error === undefined) return children ?? <Splash />
  return (
    <ErrorMessage
      title={`${what} could not be loaded`}
      error={error}
      heading={heading}
      onRetry={onRetry}
    />
  )
}

function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'network'
}
