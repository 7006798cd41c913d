import { Button } from '@mantine/core'
import {
  IconArchive,
  IconBell,
  IconCheck,
  IconInbox,
  IconMoodSmile,
  IconPencil,
  IconSearch,
} from '@tabler/icons-react'
import { isStaff, mayManagePeople } from '@deskbell/contract'
import type { ViewName } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCounters } from '../../live/use-counters.ts'
import { useMe } from '../../live/use-me.ts'
import { Message } from '../../ui/message.tsx'
import classes from './empty-list.module.css'
import { noFilters } from './filter/no-filters.ts'
import { useListSearch } from './filter/use-list-search.ts'

/** Says why the list is empty, and what to do next. */
export function EmptyList() {
  const [{ view = 'open', sort: _sort, q, ...filters }, change] = useListSearch()
  if (q !== undefined) {
    return (
      <Message icon={<IconSearch size={32} stroke={1.5} />} title={`Nothing matches “${q}”`}>
        Try fewer or shorter words. Titles, descriptions and comments are searched.
      </Message>
    )
  }
  if (Object.keys(filters).length > 0) {
    return (
      <Message
        icon={<IconSearch size={32} stroke={1.5} />}
        title="No ticket matches these filters"
        action={
          <Button
            variant="default"
            data-focus-after="li[data-number] a"
            onClick={() => change(noFilters)}
          >
            Clear the filters
          </Button>
        }
      />
    )
  }
  return <EmptyView view={view} />
}

function EmptyView({ view }: { view: ViewName }) {
  const me = useMe()
  const counters = useCounters()
  const isNew = counters?.open === 0 && counters.closed === 0
  const { icon, title, text, action } =
    isNew && view === 'open' && mayManagePeople(me) ? firstDay : emptyViews(isStaff(me.role))[view]
  return (
    <Message icon={icon} title={title} action={action}>
      {text}
    </Message>
  )
}

interface Empty {
  icon: ReactNode
  title: string
  text: string
  action?: ReactNode
}

const firstDay: Empty = {
  icon: <IconBell size={32} stroke={1.5} />,
  title: 'Your help desk is ready',
  text: 'Invite your colleagues, or raise the first ticket.',
  action: (
    <div className={classes['actions']}>
      <Button
        renderRoot={(props) => <Link to="/people" search={{ invite: 'someone' }} {...props} />}
      >
        Invite someone
      </Button>
      <Button component={Link} to="/new" variant="default">
        New ticket
      </Button>
    </div>
  ),
}

function emptyViews(staff: boolean): Record<ViewName, Empty> {
  return {
    assigned: {
      icon: <IconMoodSmile size={32} stroke={1.5} />,
      title: 'Nothing is assigned to you',
      text: 'Take an unassigned ticket.',
      action: (
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/" search={{ view: 'unassigned' }} {...props} />}
        >
          Unassigned tickets
        </Button>
      ),
    },
    unassigned: {
      icon: <IconCheck size={32} stroke={1.5} />,
      title: 'Every open ticket is assigned',
      text: 'New tickets show up here by themselves.',
    },
    unseenByStaff: {
      icon: <IconCheck size={32} stroke={1.5} />,
      title: 'Somebody has looked at every open ticket',
      text: 'What nobody has looked at yet shows up here by itself, the oldest first.',
    },
    created: {
      icon: <IconPencil size={32} stroke={1.5} />,
      title: 'You have no open ticket of your own',
      text: 'Raise one when something needs doing.',
      action: <NewTicketLink />,
    },
    urgent: {
      icon: <IconMoodSmile size={32} stroke={1.5} />,
      title: 'Nothing is urgent',
      text: 'When something is, it shows up here at once.',
    },
    open: {
      icon: <IconInbox size={32} stroke={1.5} />,
      title: 'No open tickets',
      text: staff
        ? 'Everything is done. New tickets show up here by themselves.'
        : 'Raise a ticket, and follow here what happens to it.',
      action: <NewTicketLink />,
    },
    closed: {
      icon: <IconArchive size={32} stroke={1.5} />,
      title: 'Nothing is closed yet',
      text: 'Resolved and closed tickets are kept here.',
    },
  }
}

function NewTicketLink() {
  return (
    <Button component={Link} to="/new">
      New ticket
    </Button>
  )
}
