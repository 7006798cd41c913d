import { Button } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { Message } from './message.tsx'
import { sayError } from './say-error.ts'

interface ErrorMessageProps {
  /** What could not be done: "The tickets could not be loaded". */
  title: string
  error: unknown
  onRetry: () => void
  heading?: 'page' | 'section'
}

/** What happened and what to do, where something should have been. */
export function ErrorMessage({ title, error, onRetry, heading = 'section' }: ErrorMessageProps) {
  return (
    <div role="alert">
      <Message
        icon={<IconCloudOff size={32} stroke={1.5} />}
        title={title}
        heading={heading}
        action={
          <Button variant="default" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        {sayError(error)}
      </Message>
    </div>
  )
}
