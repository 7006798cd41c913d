import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Message } from './message.tsx'

interface NotYoursProps {
  /** Says for whom the page is: "The audit log is for super admins". */
  title: string
  to: '/' | '/settings'
  back: string
  children: ReactNode
}

/** Replaces a page that is for other roles. */
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
