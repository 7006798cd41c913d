import type { NotificationFilter } from '@deskbell/contract'
import {
  IconAlertSquareRounded,
  IconArchive,
  IconAt,
  IconClock,
  IconMoodSmile,
  IconUserCheck,
} from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import { Message } from '../../ui/message.tsx'

interface Empty {
  Icon: Icon
  title: string
  text?: string
}

const upToDate: Empty = { Icon: IconMoodSmile, title: 'You are up to date' }

const words: Record<NotificationFilter, Empty> = {
  unread: upToDate,
  mentions: {
    Icon: IconAt,
    title: 'Nobody has mentioned you',
    text: 'Where someone writes @ and your name, it shows up here.',
  },
  assigned: {
    Icon: IconUserCheck,
    title: 'Nothing new is assigned to you',
    text: 'What someone gives you to work on shows up here.',
  },
  urgent: { Icon: IconAlertSquareRounded, title: 'Nothing urgent is new' },
  snoozed: {
    Icon: IconClock,
    title: 'Nothing is snoozed',
    text: 'H puts something off. It comes back by itself.',
  },
  done: {
    Icon: IconArchive,
    title: 'Nothing is done yet',
    text: 'What you finish with E is here.',
  },
}

/** Says why there is nothing. */
export function EmptyInbox({ filter }: { filter: NotificationFilter | undefined }) {
  const { Icon, title, text } = filter === undefined ? upToDate : words[filter]
  return (
    <Message icon={<Icon size={32} stroke={1.5} />} title={title}>
      {text}
    </Message>
  )
}
