import { ActionIcon, Menu } from '@mantine/core'
import { limits, mayCorrectComment } from '@deskbell/contract'
import type { Comment } from '@deskbell/contract'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMe } from '../../live/use-me.ts'
import { useNow } from '../../ui/use-now.ts'

interface CommentMenuProps {
  comment: Comment
  onCorrect: () => void
  onRemove: () => void
}

/** To correct or remove a comment, and until when. Nothing for those who never may. */
export function CommentMenu({ comment, onCorrect, onRemove }: CommentMenuProps) {
  const me = useMe()
  const now = useNow()
  const { author, createdAt } = comment
  const may = mayCorrectComment(me, { authorId: author.id, createdAt }, now)
  if (may === 'never') return null
  const minutes = Math.max(
    1,
    Math.ceil((Date.parse(createdAt) + limits.correctionMs - now) / 60_000),
  )
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={28} aria-label={`More about the comment by ${author.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {may === 'tooLate' && <Menu.Label>Comments can be corrected for 15 minutes.</Menu.Label>}
        {may === 'yes' && me.role !== 'super_admin' && (
          <Menu.Label>For another {minutes} min</Menu.Label>
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
          color="red"
          disabled={may === 'tooLate'}
          onClick={onRemove}
        >
          Remove…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
