import { IconPencil } from '@tabler/icons-react'
import { useOwnDrafts } from '../../../live/use-own-drafts.ts'
import classes from './ticket-row.module.css'

/** Says that the reader is writing something on this ticket, here or on another device. */
export function RowDraft({ ticketId }: { ticketId: string }) {
  const drafts = useOwnDrafts(ticketId)
  if (drafts === undefined) return null
  return (
    <span className={classes['draft']} title="You are writing something here">
      <IconPencil size={14} stroke={1.6} role="img" aria-label="Your draft:" />
    </span>
  )
}
