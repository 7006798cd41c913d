import { ActiveOption } from '../ui/active-option.tsx'
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

export function PaletteOption({ item, ...option }: PaletteOptionProps) {
  return (
    <ActiveOption {...option} className={classes['option']}>
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
    </ActiveOption>
  )
}
