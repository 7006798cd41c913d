import { ActionIcon, Tooltip } from '@mantine/core'
import { IconBlockquote, IconBold, IconCode, IconLink, IconList } from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import { memo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { KeyHint } from '../../../ui/marks/key-hint.tsx'
import classes from './format-bar.module.css'
import { formatKeys } from '../../../shell/format-keys.ts'
import type { Format } from '../../../shell/format-keys.ts'

const buttons: readonly [Format, Icon][] = [
  ['bold', IconBold],
  ['list', IconList],
  ['link', IconLink],
  ['code', IconCode],
  ['quote', IconBlockquote],
]

interface FormatBarProps {
  onFormat: (format: Format) => void
}

/** The usual formats, for people who know no Markdown. One stop of the Tab key; the arrows move within it. */
export const FormatBar = memo(function FormatBar({ onFormat }: FormatBarProps) {
  const [current, setCurrent] = useState(0)

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = (current + step + buttons.length) % buttons.length
    setCurrent(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }

  return (
    <div
      role="toolbar"
      aria-label="Format"
      tabIndex={-1}
      className={classes['bar']}
      onKeyDown={onKeyDown}
      // The field keeps the focus and its selection.
      onMouseDown={(event) => event.preventDefault()}
    >
      {buttons.map(([format, Sign], at) => {
        const { label, keys } = formatKeys[format]
        return (
          <Tooltip
            key={format}
            label={
              <span className={classes['tip']}>
                {label} <KeyHint keys={keys} />
              </span>
            }
          >
            <ActionIcon
              size={28}
              aria-label={label}
              tabIndex={at === current ? 0 : -1}
              onFocus={() => setCurrent(at)}
              onClick={() => onFormat(format)}
            >
              <Sign size={16} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )
      })}
    </div>
  )
})
