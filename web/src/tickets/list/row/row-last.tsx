import { VisuallyHidden } from '@mantine/core'
import type { ListItem } from '@deskbell/client'
import { IconArrowBackUp, IconEyeOff } from '@tabler/icons-react'
import { useMe } from '../../../live/use-me.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { lastWords } from './last-words.ts'
import classes from './ticket-row.module.css'

interface RowLastProps {
  row: ListItem
  narrow: boolean
}

/**
 * Who wrote last: behind a crossed-out eye when nobody of the staff has looked since, behind a dot when the reader's side is to
 * answer, else behind an arrow. A narrow row has no other place
 * for the name of the person who asked.
 */
export function RowLast({ row, narrow }: RowLastProps) {
  const me = useMe()
  const { creator, lastAuthor } = row
  const { who, did, whole, isYours } = lastWords(row, me)
  const asks = narrow && creator.id !== me.id
  const isUnlooked = row.looked === false
  const said = isUnlooked ? `${whole}. Nobody of the team has looked at it yet.` : whole
  const spoken = asks ? `Raised by ${isolated(creator.name)}. ${said}` : said
  const shown = asks ? (
    lastAuthor.id !== creator.id && <bdi>{who}</bdi>
  ) : (
    <Words {...{ who, did }} />
  )
  return (
    <span className={classes['last']} data-yours={isYours || undefined} title={spoken}>
      <VisuallyHidden>{spoken}</VisuallyHidden>
      {asks && (
        <bdi className={classes['asker']} aria-hidden="true">
          {creator.name}
        </bdi>
      )}
      <LastMark isYours={isYours} isUnlooked={isUnlooked} />
      <span className={classes['author']} aria-hidden="true">
        {shown}
      </span>
    </span>
  )
}

function LastMark({ isYours, isUnlooked }: { isYours: boolean; isUnlooked: boolean }) {
  if (isUnlooked) return <IconEyeOff size={14} stroke={1.6} aria-hidden="true" />
  if (isYours) return <span className={classes['dot']} aria-hidden="true" />
  return <IconArrowBackUp size={14} stroke={1.6} aria-hidden="true" />
}

function Words({ who, did }: { who: string; did: string }) {
  return (
    <>
      <bdi>{who}</bdi> {did}
    </>
  )
}
