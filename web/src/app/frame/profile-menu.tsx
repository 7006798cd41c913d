import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconKeyboard, IconLogout, IconSettings, IconUsers } from '@tabler/icons-react'
import { mayManagePeople, roleWords } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useAuth } from '../../live/use-auth.ts'
import { useMe } from '../../live/use-me.ts'
import { toastError } from '../../notifications/toast.ts'
import { useWaiting } from '../../tickets/outbox/use-waiting.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { PersonAvatar } from '../../ui/marks/person-avatar.tsx'
import classes from './profile-menu.module.css'

const ConfirmSignOut = lazyPart(() => import('./confirm-sign-out.tsx'), 'ConfirmSignOut')

interface ProfileMenuProps {
  folded?: boolean
  onShortcuts: () => void
}

export function ProfileMenu({ folded = false, onShortcuts }: ProfileMenuProps) {
  const me = useMe()
  const { signOut } = useAuth()
  const waiting = useWaiting().length
  // Undefined until it was asked once.
  const [asks, setAsks] = useState<boolean>()

  function leave() {
    if (asks) setAsks(false)
    signOut().catch((error: unknown) => toastError('You are still signed in', error))
  }

  return (
    <>
      <Suspense fallback={null}>
        {asks !== undefined && (
          <ConfirmSignOut
            opened={asks}
            waiting={waiting}
            onConfirm={leave}
            onCancel={() => setAsks(false)}
          />
        )}
      </Suspense>
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
            onClick={() => (waiting > 0 ? setAsks(true) : leave())}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
