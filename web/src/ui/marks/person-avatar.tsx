import type { PersonRef } from '@deskbell/contract'
import { isolated } from '../words/isolated.ts'
import { avatarLook } from './avatar-look.ts'
import classes from './person-avatar.module.css'

interface PersonAvatarProps {
  person: Pick<PersonRef, 'name' | 'active' | 'color'>
  size?: number
  /** The name stands beside it, so screen readers skip the picture. */
  decorative?: boolean
  /** Replaces the name for screen readers: "Assigned to Ada". */
  label?: string
}

/** Initials on the person's colour, which is the same everywhere; on grey once the person is deactivated. */
export function PersonAvatar({ person, size = 22, decorative = false, label }: PersonAvatarProps) {
  const words = `${label ?? isolated(person.name)}${person.active ? '' : ' (deactivated)'}`
  const { hue, look } = avatarLook(person.color)
  const style = { width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.42)) }
  return (
    <span
      className={classes['avatar']}
      {...(person.active && { 'data-look': look })}
      style={{ ...style, ['--hue' as string]: hue }}
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
