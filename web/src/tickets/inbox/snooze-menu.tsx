import { Button, Menu } from '@mantine/core'
import { IconCalendarTime, IconClock } from '@tabler/icons-react'
import { useState } from 'react'
import type { FormEvent, ReactElement } from 'react'
import { clockTime } from '../../ui/words/time-words.ts'
import classes from './inbox.module.css'
import { snoozeTimes } from './snooze-times.ts'

interface SnoozeMenuProps {
  opened: boolean
  onChange: (opened: boolean) => void
  /** Null: the item comes back at once. */
  onSnooze: (until: Date | null) => void
  isSnoozed: boolean
  target: ReactElement
  position?: 'bottom-start' | 'bottom-end'
}

const day = new Intl.DateTimeFormat(undefined, { weekday: 'short' })
const farthestMs = 365 * 86_400_000

/** Times until which something may be snoozed, and any other within a year. */
export function SnoozeMenu(props: SnoozeMenuProps) {
  const { opened, onChange, onSnooze, isSnoozed, target, position = 'bottom-end' } = props
  return (
    <Menu opened={opened} onChange={onChange} position={position} width={280} returnFocus>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Snooze until</Menu.Label>
        {isSnoozed && (
          <Menu.Item leftSection={<IconClock size={16} />} onClick={() => onSnooze(null)}>
            Now: back to the inbox
          </Menu.Item>
        )}
        {opened && <Times onSnooze={onSnooze} />}
        <Menu.Divider />
        {opened && <OtherTime onSnooze={onSnooze} />}
      </Menu.Dropdown>
    </Menu>
  )
}

function Times({ onSnooze }: Pick<SnoozeMenuProps, 'onSnooze'>) {
  const [times] = useState(() => snoozeTimes(new Date()))
  return times.map(({ label, at }, index) => (
    <Menu.Item
      key={label}
      // Else the field below has the keyboard.
      data-autofocus={index === 0 || undefined}
      leftSection={<IconClock size={16} />}
      rightSection={
        <span className={classes['when']}>
          {day.format(at)} {clockTime(at.toISOString())}
        </span>
      }
      onClick={() => onSnooze(at)}
    >
      {label}
    </Menu.Item>
  ))
}

function OtherTime({ onSnooze }: Pick<SnoozeMenuProps, 'onSnooze'>) {
  const [value, setValue] = useState('')
  const [earliest] = useState(() => new Date(Date.now() + 60_000))
  const at = new Date(value)

  function submit(event: FormEvent) {
    event.preventDefault()
    onSnooze(at)
  }

  return (
    <form className={classes['other']} onSubmit={submit}>
      <label className={classes['otherLabel']}>
        <IconCalendarTime size={16} aria-hidden="true" />
        Date and time
        <input
          type="datetime-local"
          required
          className={classes['date']}
          min={localTime(earliest)}
          max={localTime(new Date(earliest.getTime() + farthestMs))}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          // The menu takes letters and arrows otherwise.
          onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
        />
      </label>
      <Button type="submit" size="xs" disabled={value === ''}>
        Snooze
      </Button>
    </form>
  )
}

/** As fields for a date and a time have it: without a time zone, in whole minutes. */
function localTime(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
