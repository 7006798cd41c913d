import { IconCircleCheck, IconCircleMinus, IconMail } from '@tabler/icons-react'
import type { Account } from '@deskbell/contract'
import { exactTime } from '../ui/words/time-words.ts'
import { useNow } from '../ui/clock.tsx'
import classes from './people.module.css'
import { personState } from './person-state.ts'

const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
const hour = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
})

/** `Sun, 29 Nov`, or `Mon 21:40` when the time is less than a day away. */
function dayWords(at: string, now: number): string {
  const soon = Date.parse(at) - now <= 24 * 3_600_000
  return (soon ? hour : day).format(new Date(at))
}

interface PersonStateMarkProps {
  person: Account
}

/** Active, invited or deactivated, and until when the person's link works. */
export function PersonStateMark({ person }: PersonStateMarkProps) {
  const state = personState(person)
  const { icon: Icon, label } = looks[state]
  return (
    <span className={classes['state']} data-state={state}>
      <Icon size={16} stroke={1.75} aria-hidden="true" />
      <span>
        {label}
        <LinkNote person={person} />
      </span>
    </span>
  )
}

const looks = {
  active: { icon: IconCircleCheck, label: 'Active' },
  invited: { icon: IconMail, label: 'Invited' },
  deactivated: { icon: IconCircleMinus, label: 'Deactivated' },
}

function LinkNote({ person }: PersonStateMarkProps) {
  const now = useNow()
  const { linkExpiresAt: until, pending, active } = person
  if (!active) return null
  if (until !== null && Date.parse(until) > now) {
    return (
      <small className={classes['note']} title={exactTime(until)}>
        {pending ? 'Link' : 'Password link'} works until {dayWords(until, now)}
      </small>
    )
  }
  if (!pending) return null
  return (
    <small className={classes['note']} data-needs-you>
      {until === null ? 'No link' : 'Link expired'}
    </small>
  )
}
