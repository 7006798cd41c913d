import { Tooltip } from '@mantine/core'
import type { Receipt } from '@deskbell/contract'
import type { ReactNode } from 'react'
import { RelativeTime } from '../../../ui/marks/relative-time.tsx'
import { joinNames } from '../../composer/join-names.ts'
import type { TeamLooks } from './receipts.ts'
import classes from './seen-by.module.css'
import type { SeenItems } from './use-seen-items.ts'
import { seenWords } from './seen-words.ts'

interface SeenLineProps {
  seq: number
  items: SeenItems
}

/** Who has seen the item above: in the space below it, so that nothing moves when it appears. */
export function SeenLine({ seq, items: { receipts, byTeam, teamLooks } }: SeenLineProps) {
  const named = receipts.get(seq)
  const looks = teamLooks?.seq === seq && <TeamCount {...teamLooks} />
  if (named !== undefined) return <SeenBy receipts={named}>{looks && <> · {looks}</>}</SeenBy>
  if (looks) return <SeenUnnamed>{looks}</SeenUnnamed>
  if (byTeam?.seq !== seq) return null
  return (
    <SeenUnnamed>
      the team, <RelativeTime at={byTeam.at} />
    </SeenUnnamed>
  )
}

function SeenBy({ receipts, children }: { receipts: readonly Receipt[]; children: ReactNode }) {
  const [first, ...others] = receipts
  const names = joinNames(receipts.map(({ person }) => person.name))
  return (
    <li className={classes['place']}>
      <Tooltip label={names} events={{ hover: true, focus: true, touch: true }} multiline maw={320}>
        <button type="button" data-seen-by className={classes['seen']}>
          Seen by {seenWords(receipts)}
          {others.length === 0 && first !== undefined && first.at !== null && (
            <>
              , <RelativeTime at={first.at} />
            </>
          )}
          {children}
        </button>
      </Tooltip>
    </li>
  )
}

function SeenUnnamed({ children }: { children: ReactNode }) {
  return (
    <li className={classes['place']}>
      <span data-seen-by className={classes['seen']}>
        Seen by {children}
      </span>
    </li>
  )
}

function TeamCount({ people, lastAt }: TeamLooks) {
  return (
    <>
      {people} of the team, {people > 1 && 'last '}
      <RelativeTime at={lastAt} />
    </>
  )
}
