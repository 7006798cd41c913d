import { ActionIcon, Button, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconBell,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPlus,
  IconSearch,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import { mayManagePeople } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useUnreadCount } from '../../live/use-unread-count.ts'
import { useMe } from '../../live/use-me.ts'
import { KeyHint } from '../../ui/marks/key-hint.tsx'
import { Mark } from '../../ui/marks/mark.tsx'
import { ConnectionState } from '../strips/connection-state.tsx'
import { OutboxMark } from '../../tickets/outbox/outbox-mark.tsx'
import { ProfileMenu } from './profile-menu.tsx'
import { RailLink } from './rail-link.tsx'
import { RailViews } from './rail-views.tsx'
import classes from './rail.module.css'

interface RailProps {
  folded: boolean
  onFold: () => void
  onPalette: () => void
  onShortcuts: () => void
}

export const Rail = memo(function Rail(props: RailProps) {
  const { folded, onFold, onPalette, onShortcuts } = props
  const me = useMe()
  return (
    <header className={classes['rail']} data-folded={folded || undefined}>
      <div className={classes['head']}>
        {!folded && (
          <Link to="/" className={classes['brand']}>
            <Mark />
            Deskbell
          </Link>
        )}
        <FoldButton folded={folded} onFold={onFold} />
      </div>
      <NewTicketButton folded={folded} />
      <SearchButton folded={folded} onPalette={onPalette} />
      <nav className={classes['nav']} aria-label="Main">
        <InboxLink folded={folded} />
        <RailViews folded={folded} />
        <ul className={classes['list']}>
          {mayManagePeople(me) && (
            <li>
              <RailLink
                to="/people"
                icon={<IconUsers size={18} stroke={1.6} aria-hidden="true" />}
                label="People"
                folded={folded}
              />
            </li>
          )}
          <li>
            <RailLink
              to="/settings"
              icon={<IconSettings size={18} stroke={1.6} aria-hidden="true" />}
              label="Settings"
              folded={folded}
            />
          </li>
        </ul>
      </nav>
      <div className={classes['foot']}>
        <OutboxMark folded={folded} />
        <ConnectionState folded={folded} beside />
        <ProfileMenu folded={folded} onShortcuts={onShortcuts} />
      </div>
    </header>
  )
})

/** The bell: what concerns the person, with the number of unread tickets. */
function InboxLink({ folded }: Pick<RailProps, 'folded'>) {
  const unread = useUnreadCount()
  return (
    <ul className={classes['list']}>
      <li>
        <RailLink
          to="/inbox"
          icon={<IconBell size={18} stroke={1.6} aria-hidden="true" />}
          label="Inbox"
          count={unread === 0 ? undefined : unread}
          strong
          folded={folded}
        />
      </li>
    </ul>
  )
}

function FoldButton({ folded, onFold }: Pick<RailProps, 'folded' | 'onFold'>) {
  const Icon = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const label = folded ? 'Expand the side bar' : 'Collapse the side bar'
  return (
    <Tooltip label={label} position="right">
      <ActionIcon onClick={onFold} aria-label={label} aria-expanded={!folded}>
        <Icon size={18} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}

function NewTicketButton({ folded }: Pick<RailProps, 'folded'>) {
  if (folded) {
    return (
      <Tooltip label="New ticket (C)" position="right">
        <ActionIcon
          component={Link}
          to="/new"
          variant="filled"
          color="indigo"
          aria-label="New ticket"
          className={classes['square']}
        >
          <IconPlus size={18} />
        </ActionIcon>
      </Tooltip>
    )
  }
  return (
    <Button
      component={Link}
      to="/new"
      leftSection={<IconPlus size={16} />}
      justify="flex-start"
      size="sm"
      aria-keyshortcuts="c"
    >
      New ticket
    </Button>
  )
}

function SearchButton({ folded, onPalette }: Pick<RailProps, 'folded' | 'onPalette'>) {
  if (folded) {
    return (
      <Tooltip label="Search or jump to" position="right">
        <ActionIcon
          onClick={onPalette}
          aria-label="Search or jump to"
          variant="default"
          className={classes['square']}
        >
          <IconSearch size={16} />
        </ActionIcon>
      </Tooltip>
    )
  }
  return (
    <UnstyledButton className={classes['search']} onClick={onPalette}>
      <IconSearch size={16} stroke={1.6} aria-hidden="true" />
      Search or jump to
      <span aria-hidden="true">
        <KeyHint keys="mod+k" />
      </span>
    </UnstyledButton>
  )
}
