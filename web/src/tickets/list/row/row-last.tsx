import { VisuallyHidden } from '@mantine/core'
import type { ListItem } from '@deskbell/client'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useMe } from '../../../live/use-me.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { lastWords } from './last-words.ts'
import classes from './ticket-row.module.css'

interface RowLastProps {
  row: ListItem
  narrow: boolean
}

/**
 * Who wrote last: behind a dot when the reader's side is to answer, else behind an arrow. A narrow row has no other place
 * for the name of the person who asked.
 */
export function RowLast({ row, narrow }: RowLastProps) {
  const me = useMe()
  const { creator, lastAuthor } = row
  const { who, did, whole, isYours } = lastWords(row, me)
  const asks = narrow && creator.id !== me.id
  const spoken = asks ? `Raised by ${isolated(creator.name)}. ${whole}` : whole
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
      {isYours ? (
        <span className={classes['dot']} aria-hidden="true" />
      ) : (
        <IconArrowBackUp size={14} stroke={1.6} aria-hidden="true" />
      )}
      <span className={classes['author']} aria-hidden="true">
        {shown}
      </span>
    </span>
  )
}

function Words({ who, did }: { who: string; did: string }) {
  return (
    <>
      <bdi>{who}</bdi> {did}
    </>
  )
}
