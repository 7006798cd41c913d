import { createDrafts } from '@deskbell/client'
import { useMemo } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { commentDrafts } from './comment-drafts.ts'
import type { CommentDrafts } from './comment-drafts.ts'

/** The comment drafts of the signed-in person. */
export function useCommentDrafts(): CommentDrafts {
  const me = useMe()
  return useMemo(() => commentDrafts(createDrafts(localStorage, me.id)), [me.id])
}
