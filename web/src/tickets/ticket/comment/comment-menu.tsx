import { ActionIcon, Menu } from '@mantine/core'
import type { ActionIconProps, ElementProps } from '@mantine/core'
import { limits, mayCorrectComment } from '@deskbell/contract'
import type { Comment, PersonRef } from '@deskbell/contract'
import { IconDots, IconLink, IconPencil, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Ref } from 'react'
import { flushSync } from 'react-dom'
import { useOfflineSince } from '../../../live/use-offline-since.ts'
import { useMe } from '../../../live/use-me.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { useNow } from '../../../ui/clock.tsx'
import classes from './comment-menu.module.css'
import { copyAddress } from '../edit/copy-address.ts'
import { RemoveComment } from './remove-comment.tsx'

interface CommentMenuProps {
  ticketId: string
  ticketNumber: number
  comment: Comment
  /** The comment is being corrected, and its editor has the focus. */
  correcting: boolean
  onCorrect: () => void
}

/**
 * Copies a link to the comment; people who may correct or remove it also see until when. Only its button is
 * rendered until the pointer or the focus reaches it: a hundred closed menus cost as much as their comments.
 */
export function CommentMenu(props: CommentMenuProps) {
  const [near, setNear] = useState(false)
  const hadFocus = useRef(false)
  const { author } = props.comment

  if (near) return <NearCommentMenu {...props} takeFocus={takeFocus} />
  return (
    <MenuButton
      author={author}
      aria-haspopup="menu"
      aria-expanded={false}
      // At once, so that a press that follows finds the menu.
      onPointerEnter={() => flushSync(() => setNear(true))}
      onFocus={() => {
        hadFocus.current = true
        setNear(true)
      }}
    />
  )

  /** The menu's button takes the place of the button that had the focus. */
  function takeFocus(button: HTMLButtonElement | null) {
    if (hadFocus.current) button?.focus({ preventScroll: true })
    hadFocus.current = false
  }
}

interface MenuButtonProps extends ActionIconProps, ElementProps<'button', keyof ActionIconProps> {
  author: PersonRef
  ref?: Ref<HTMLButtonElement>
}

function MenuButton({ author, ...props }: MenuButtonProps) {
  return (
    <ActionIcon
      size={28}
      aria-label={`More about the comment by ${isolated(author.name)}`}
      {...props}
    >
      <IconDots size={16} />
    </ActionIcon>
  )
}

interface NearCommentMenuProps extends CommentMenuProps {
  takeFocus: (button: HTMLButtonElement | null) => void
}

function NearCommentMenu(props: NearCommentMenuProps) {
  const { ticketId, ticketNumber, comment, correcting, onCorrect, takeFocus } = props
  const [removing, setRemoving] = useState(false)
  const isOffline = useOfflineSince() !== undefined
  const me = useMe()
  const now = useNow()
  const { id, author, createdAt } = comment
  const may = mayCorrectComment(me, { authorId: author.id, createdAt }, now)
  return (
    <>
      <Menu position="bottom-end" returnFocus={!correcting}>
        <Menu.Target>
          <MenuButton author={author} ref={takeFocus} />
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
              {isOffline && <Menu.Label>Removing needs a connection.</Menu.Label>}
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
                disabled={may === 'tooLate' || isOffline}
                onClick={() => setRemoving(true)}
              >
                Remove…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <RemoveComment
        ticketId={ticketId}
        comment={comment}
        opened={removing}
        onClose={() => setRemoving(false)}
      />
    </>
  )
}

/** The page's clock ticks twice a minute, so it may be behind the comment's time. */
function minutesLeft(createdAt: string, now: number): number {
  const leftMs = Date.parse(createdAt) + limits.correctionMs - now
  const minutes = Math.ceil(Math.min(leftMs, limits.correctionMs) / 60_000)
  return Math.max(1, minutes)
}
