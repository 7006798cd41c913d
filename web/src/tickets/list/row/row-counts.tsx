import { IconMessage, IconPaperclip } from '@tabler/icons-react'
import classes from './ticket-row.module.css'

interface RowCountsProps {
  comments: number
  attachments: number
}

export function RowCounts({ comments, attachments }: RowCountsProps) {
  return (
    <span className={classes['counts']}>
      {attachments > 0 && (
        <span className={classes['count']} title={amount(attachments, 'file')}>
          <IconPaperclip size={14} stroke={1.6} role="img" aria-label="Files:" />
          {attachments}
        </span>
      )}
      {comments > 0 && (
        <span className={classes['count']} title={amount(comments, 'comment')}>
          <IconMessage size={14} stroke={1.6} role="img" aria-label="Comments:" />
          {comments}
        </span>
      )}
    </span>
  )
}

function amount(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
