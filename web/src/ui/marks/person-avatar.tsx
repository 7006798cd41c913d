import type { PersonRef } from '@deskbell/contract'
import { isolated } from '../words/isolated.ts'
import classes from './person-avatar.module.css'

interface PersonAvatarProps {
  person: Pick<PersonRef, 'id' | 'name' | 'active'>
  size?: number
  /** The name stands beside it, so screen readers skip the picture. */
  decorative?: boolean
  /** Replaces the name for screen readers: "Assigned to Ada". */
  label?: string
}

/** Initials on one of eight quiet colours, always the same for a person; grey once the person is deactivated. */
export function PersonAvatar({ person, size = 22, decorative = false, label }: PersonAvatarProps) {
  const words = `${label ?? isolated(person.name)}${person.active ? '' : ' (deactivated)'}`
  return (
    <span
      className={classes['avatar']}
      data-hue={person.active ? hueOf(person.id) : 'none'}
      style={{ width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.42)) }}
      {...(decorative
        ? { 'aria-hidden': true }
        : { role: 'img', 'aria-label': words, title: words })}
    >
      {initials(person.name)}
    </span>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return ends
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase()
}

function hueOf(id: string): number {
  let sum = 0
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997
  return sum % 8
}
