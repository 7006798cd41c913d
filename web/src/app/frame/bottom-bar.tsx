import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconBell, IconInbox, IconListDetails, IconPlus, IconSearch } from '@tabler/icons-react'
import { viewsFor } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useCounters } from '../../live/use-counters.ts'
import { useMe } from '../../live/use-me.ts'
import { useUnreadCount } from '../../live/use-unread-count.ts'
import { ProfileMenu } from './profile-menu.tsx'
import { ViewIcon } from './view-icon.tsx'
import { viewWords } from '../../ui/words/view-words.ts'
import classes from './bottom-bar.module.css'

interface BottomBarProps {
  onPalette: () => void
  onShortcuts: () => void
}

/** Replaces the rail on a phone. */
export const BottomBar = memo(function BottomBar(props: BottomBarProps) {
  const { onPalette, onShortcuts } = props
  return (
    <nav className={classes['bar']} aria-label="Main">
      <Link
        to="/"
        search={{}}
        className={classes['item']}
        activeOptions={{ exact: true, includeSearch: false }}
      >
        <IconInbox size={20} stroke={1.6} aria-hidden="true" />
        Tickets
      </Link>
      <InboxItem />
      <ViewsMenu />
      <Link to="/new" className={classes['item']}>
        <IconPlus size={20} stroke={1.6} aria-hidden="true" />
        New
      </Link>
      <UnstyledButton className={classes['item']} onClick={onPalette}>
        <IconSearch size={20} stroke={1.6} aria-hidden="true" />
        Search
      </UnstyledButton>
      <div className={classes['item']}>
        <ProfileMenu folded onShortcuts={onShortcuts} />
      </div>
    </nav>
  )
})

function InboxItem() {
  const unread = useUnreadCount()
  return (
    <Link to="/inbox" className={classes['item']}>
      <span className={classes['bell']}>
        <IconBell size={20} stroke={1.6} aria-hidden="true" />
        {unread > 0 && (
          <span className={classes['badge']}>
            {unread > 99 ? '99+' : unread}
            <VisuallyHidden> unread in the </VisuallyHidden>
          </span>
        )}
      </span>
      Inbox
    </Link>
  )
}

function ViewsMenu() {
  const { role } = useMe()
  const counters = useCounters()
  return (
    <Menu position="top" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes['item']}>
          <IconListDetails size={20} stroke={1.6} aria-hidden="true" />
          Views
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {viewsFor(role).map((view) => (
          <Menu.Item
            key={view}
            renderRoot={(props) => <Link to="/" search={{ view }} {...props} />}
            leftSection={<ViewIcon view={view} />}
            rightSection={<span className={classes['count']}>{counters?.[view]}</span>}
          >
            {viewWords[view].label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
