import type { TicketState } from '@deskbell/client'
import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { toastError } from '../../../notifications/toast.ts'
import { linkedCommentId } from './linked-comment-id.ts'

type Ready = Extract<TicketState, { status: 'ready' }>

/** The comment that the address names; it is loaded if necessary. */
export function useLinkedComment({ ticket, timeline }: Ready): string | undefined {
  const desk = useDesk()
  const id = useLocation({ select: ({ hash }) => linkedCommentId(hash) })
  const isThere = timeline.some((item) => item.kind === 'comment' && item.comment.id === id)

  useEffect(() => {
    if (id === undefined || isThere) return
    desk.loadTimeline(ticket.id, { around: id }).catch((error: unknown) => {
      toastError('The comment that this link names is not shown', error)
    })
    // Once for each comment: a comment that is missing now does not come later.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [desk, ticket.id, id])

  return id
}
