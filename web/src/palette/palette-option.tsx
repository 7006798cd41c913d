import { UnstyledButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { KeyHint } from '../ui/marks/key-hint.tsx'
import { MatchParts } from '../ui/marks/match-parts.tsx'
import { nearMatch } from '../ui/words/near-match.ts'
import type { PaletteItem } from './palette-item.ts'
import classes from './palette.module.css'

interface PaletteOptionProps {
  id: string
  item: PaletteItem
  active: boolean
  onPoint: () => void
  onChoose: () => void
}

export function PaletteOption({ id, item, active, onPoint, onChoose }: PaletteOptionProps) {
  const element = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' })
  }, [active])

  return (
    <UnstyledButton
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={classes['option']}
      // onMouseMove, not onMouseEnter: rows that appear under a resting pointer must not become chosen.
      onMouseMove={onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={classes['icon']} aria-hidden="true">
        {item.icon}
      </span>
      <span className={classes['label']}>
        <bdi>{item.label}</bdi>
        {item.match !== undefined && (
          <small dir="auto" className={classes['match']}>
            <MatchParts parts={nearMatch(item.match.parts)} />
          </small>
        )}
      </span>
      {item.keys !== undefined && <KeyHint keys={item.keys} />}
    </UnstyledButton>
  )
}
