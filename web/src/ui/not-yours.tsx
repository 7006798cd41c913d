import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Message } from './message.tsx'

interface NotYoursProps {
  /** Whose it is: "The audit log is for super admins". */
  title: string
  to: '/' | '/settings'
  back: string
  children: ReactNode
}

/** In the place of a page that is for others. */
export function NotYours({ title, to, back, children }: NotYoursProps) {
  return (
    <Message
      icon={<IconLock size={32} stroke={1.5} />}
      title={title}
      heading="page"
      action={
        <Button component={Link} to={to} variant="default">
          {back}
        </Button>
      }
    >
      {children}
    </Message>
  )
}
