import { ActionIcon, Menu } from '@mantine/core'
import { limits, mayCorrectComment } from '@deskbell/contract'
import type { Comment } from '@deskbell/contract'
import { IconDots, IconLink, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMe } from '../../../live/use-me.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { useNow } from '../../../ui/clock.tsx'
import classes from './comment-menu.module.css'
import { copyAddress } from '../edit/copy-address.ts'

interface CommentMenuProps {
  ticketNumber: number
  comment: Comment
  /** The comment is being corrected, and its editor has the focus. */
  correcting: boolean
  onCorrect: () => void
  onRemove: () => void
}

/** Copies a link to the comment; people who may correct or remove it also see until when. */
export function CommentMenu(props: CommentMenuProps) {
  const { ticketNumber, comment, correcting, onCorrect, onRemove } = props
  const me = useMe()
  const now = useNow()
  const { id, author, createdAt } = comment
  const may = mayCorrectComment(me, { authorId: author.id, createdAt }, now)
  return (
    <Menu position="bottom-end" returnFocus={!correcting}>
      <Menu.Target>
        <ActionIcon size={28} aria-label={`More about the comment by ${isolated(author.name)}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconLink size={14} />}
          onClick={() => void copyAddress(`/tickets/${ticketNumber}#${id}`, 'Link copied')}
        >
          Copy the link
        </Menu.Item>
        {may !== 'never' && (
          <>
            {may === 'tooLate' && (
              <Menu.Label>Comments can be corrected for 15 minutes.</Menu.Label>
            )}
            {may === 'yes' && me.role !== 'super_admin' && (
              <Menu.Label>For another {minutesLeft(createdAt, now)} min</Menu.Label>
            )}
            <Menu.Item
              leftSection={<IconPencil size={14} />}
              disabled={may === 'tooLate'}
              onClick={onCorrect}
            >
              Correct
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={14} />}
              className={classes['danger'] ?? ''}
              disabled={may === 'tooLate'}
              onClick={onRemove}
            >
              Remove…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The page's clock ticks twice a minute, so it may be behind the comment's time. */
function minutesLeft(createdAt: string, now: number): number {
  const leftMs = Date.parse(createdAt) + limits.correctionMs - now
  const minutes = Math.ceil(Math.min(leftMs, limits.correctionMs) / 60_000)
  return Math.max(1, minutes)
}
