import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconKeyboard, IconLogout, IconSettings, IconUsers } from '@tabler/icons-react'
import { mayManagePeople, roleWords } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import { useAuth } from '../../live/use-auth.ts'
import { useMe } from '../../live/use-me.ts'
import { toastError } from '../../notifications/toast.ts'
import { PersonAvatar } from '../../ui/marks/person-avatar.tsx'
import classes from './profile-menu.module.css'

interface ProfileMenuProps {
  folded?: boolean
  onShortcuts: () => void
}

export function ProfileMenu({ folded = false, onShortcuts }: ProfileMenuProps) {
  const me = useMe()
  const { signOut } = useAuth()
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes['profile']}>
          <PersonAvatar person={{ ...me, active: true }} size={24} decorative />
          {folded ? (
            <VisuallyHidden>{me.name}</VisuallyHidden>
          ) : (
            <span className={classes['words']}>
              <span className={classes['name']}>{me.name}</span>
              <span className={classes['role']}>{roleWords[me.role]}</span>
            </span>
          )}
          <VisuallyHidden>, profile menu</VisuallyHidden>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={16} />}>
          Settings
        </Menu.Item>
        {mayManagePeople(me) && (
          <Menu.Item component={Link} to="/people" leftSection={<IconUsers size={16} />}>
            People
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} />}
          onClick={() => {
            signOut().catch((error: unknown) => toastError('You are still signed in', error))
          }}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
