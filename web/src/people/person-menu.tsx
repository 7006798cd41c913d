import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { Account } from '@deskbell/contract'
import { useRef } from 'react'
import { isolated } from '../ui/words/isolated.ts'
import { personState } from './person-state.ts'
import type { PersonAct, PersonActKind } from './use-person-dialog.ts'

interface PersonMenuProps {
  person: Account
  onAct: (act: PersonAct) => void
}

/** The acts of a super admin on another person. */
export function PersonMenu({ person, onAct }: PersonMenuProps) {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon ref={button} aria-label={`Actions for ${isolated(person.name)}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actsFor(person).map(({ kind, label, danger }) => (
          <Menu.Item
            key={kind}
            {...(danger ? { c: 'var(--danger)' } : {})}
            onClick={() => {
              // This item disappears, so the focus first goes to the button: the dialog gives it back to the element
              // that had it.
              button.current?.focus()
              onAct({ kind, personId: person.id })
            }}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface Offer {
  kind: PersonActKind
  label: string
  danger?: true
}

function actsFor(person: Account): Offer[] {
  const role: Offer = { kind: 'role', label: 'Change role…' }
  const deactivate: Offer = { kind: 'deactivate', label: 'Deactivate…', danger: true }
  const hasLink = person.linkExpiresAt !== null
  switch (personState(person)) {
    case 'deactivated':
      return [{ kind: 'reactivate', label: 'Reactivate…' }]
    case 'invited':
      return [
        { kind: 'link', label: 'New invitation link…' },
        ...withdrawal(hasLink, 'Withdraw the invitation…'),
        role,
        deactivate,
      ]
    case 'active':
      return [
        role,
        { kind: 'link', label: 'New password link…' },
        ...withdrawal(hasLink, 'Withdraw the password link…'),
        { kind: 'endSessions', label: 'Sign out everywhere…' },
        deactivate,
      ]
  }
}

function withdrawal(hasLink: boolean, label: string): Offer[] {
  return hasLink ? [{ kind: 'withdraw', label }] : []
}
