import {
  IconEye,
  IconFlag,
  IconPaperclip,
  IconPencil,
  IconTag,
  IconUser,
} from '@tabler/icons-react'
import { useTags } from '../../../live/use-tags.ts'
import { ActorMark } from '../../../ui/marks/actor-mark.tsx'
import { RelativeTime } from '../../../ui/marks/relative-time.tsx'
import { StatusIcon } from '../../../ui/marks/status-icon.tsx'
import classes from './change-line.module.css'
import { changeWords } from '../../change-words.ts'
import type { ChangeItem } from './timeline-blocks.ts'

interface ChangeLineProps {
  item: ChangeItem
}

/** "Ada moved it to In progress, 3 min ago". */
export function ChangeLine({ item }: ChangeLineProps) {
  const tags = useTags()
  return (
    <li className={classes['line']} data-seq={item.seq}>
      <span className={classes['icon']} aria-hidden="true">
        <ChangeIcon item={item} />
      </span>
      <span className={classes['words']}>
        <ActorMark actor={item.actor} />{' '}
        {changeWords(item, tags).map((part, index) =>
          typeof part === 'string' ? (
            part
          ) : (
            <strong key={index}>
              <bdi>{part.strong}</bdi>
            </strong>
          ),
        )}
        , <RelativeTime at={item.at} />
      </span>
    </li>
  )
}

function ChangeIcon({ item }: ChangeLineProps) {
  const look = { size: 14, stroke: 1.75 }
  switch (item.kind) {
    case 'status':
      return <StatusIcon status={item.new} />
    case 'priority':
      return <IconFlag {...look} />
    case 'attachmentAdded':
    case 'attachmentDeleted':
      return <IconPaperclip {...look} />
    case 'updated':
      if (item.changes.tags) return <IconTag {...look} />
      if (item.changes.assignee) return <IconUser {...look} />
      return item.changes.watchers ? <IconEye {...look} /> : <IconPencil {...look} />
  }
}
