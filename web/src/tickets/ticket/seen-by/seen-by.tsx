import { Tooltip } from '@mantine/core'
import type { Receipt } from '@deskbell/contract'
import { RelativeTime } from '../../../ui/marks/relative-time.tsx'
import { joinNames } from '../../composer/join-names.ts'
import classes from './seen-by.module.css'
import type { SeenItems } from './use-seen-items.ts'
import { seenWords } from './seen-words.ts'

interface SeenLineProps {
  seq: number
  items: SeenItems
}

/** Who has seen the item above: in the space below it, so that nothing moves when it appears. */
export function SeenLine({ seq, items: { receipts, byTeam } }: SeenLineProps) {
  if (byTeam?.seq === seq) return <SeenByTeam at={byTeam.at} />
  return <SeenBy receipts={receipts.get(seq) ?? []} />
}

function SeenBy({ receipts }: { receipts: readonly Receipt[] }) {
  const [first, ...others] = receipts
  if (first === undefined) return null
  const names = joinNames(receipts.map(({ person }) => person.name))
  return (
    <li className={classes['place']}>
      <Tooltip label={names} events={{ hover: true, focus: true, touch: true }} multiline maw={320}>
        <button type="button" data-seen-by className={classes['seen']}>
          Seen by {seenWords(receipts)}
          {others.length === 0 && first.at !== null && (
            <>
              , <RelativeTime at={first.at} />
            </>
          )}
        </button>
      </Tooltip>
    </li>
  )
}

function SeenByTeam({ at }: { at: string }) {
  return (
    <li className={classes['place']}>
      <span data-seen-by className={classes['seen']}>
        Seen by the team, <RelativeTime at={at} />
      </span>
    </li>
  )
}
