import type { PersonRef } from '@deskbell/contract'
import { IconLock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isolated } from '../../../ui/words/isolated.ts'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import classes from './comment-frame.module.css'

interface CommentFrameProps {
  author: PersonRef
  internal: boolean
  /** The server has not confirmed it yet. */
  pending?: boolean
  /** Shown beside the name: the time and other facts. */
  about: ReactNode
  menu?: ReactNode
  children: ReactNode
  seq?: number
  /** The comment's id, once it has one. */
  id?: string
  /** The address names this comment. */
  linked?: boolean
}

/** The look of every comment, confirmed or pending. */
export function CommentFrame({
  author,
  internal,
  pending = false,
  about,
  menu,
  children,
  seq,
  id,
  linked = false,
}: CommentFrameProps) {
  return (
    <li
      className={classes['comment']}
      data-internal={internal || undefined}
      data-pending={pending || undefined}
      data-seq={seq}
      data-comment={id}
      data-linked={linked || undefined}
    >
      <PersonAvatar person={author} size={28} decorative />
      <article
        className={classes['card']}
        aria-label={`${internal ? 'Internal note' : 'Comment'} by ${isolated(author.name)}`}
      >
        <header className={classes['head']}>
          <div className={classes['by']}>
            <bdi className={classes['name']}>{author.name}</bdi>
            {internal && (
              <span className={classes['internal']}>
                <IconLock size={12} stroke={2} aria-hidden /> Internal note
              </span>
            )}
            <span className={classes['about']}>{about}</span>
          </div>
          {menu !== undefined && <span className={classes['menu']}>{menu}</span>}
        </header>
        <div className={classes['body']}>{children}</div>
      </article>
    </li>
  )
}
