import { Button } from '@mantine/core'
import { IconCloudOff } from '@tabler/icons-react'
import { Message } from './message.tsx'
import { sayError } from './say-error.ts'

interface ErrorMessageProps {
  /** The failed action: "The tickets could not be loaded". */
  title: string
  error: unknown
  onRetry: () => void
  heading?: 'page' | 'section'
}

/** Says what happened and what to do, in the place of the missing content. */
export function ErrorMessage({ title, error, onRetry, heading = 'section' }: ErrorMessageProps) {
  return (
    <div role="alert" data-focus-after="main">
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
