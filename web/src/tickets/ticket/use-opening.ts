import type { TicketState, TimelinePlace } from '@deskbell/client'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useMe } from '../../live/use-me.ts'
import { linkedCommentId } from './timeline/linked-comment-id.ts'
import { isUnseenMissing } from './timeline/timeline-blocks.ts'

type Ready = Extract<TicketState, { status: 'ready' }>

/**
 * Loads the place at which a ticket opens, where it is not on the newest page: the linked comment, or else the first
 * unseen item. False until it is loaded.
 */
export function useOpening(ref: string, state: TicketState): boolean {
  const desk = useDesk()
  const me = useMe()
  const linkedId = useLocation({ select: ({ hash }) => linkedCommentId(hash) })
  const [opened, setOpened] = useState(false)
  const isReady = state.status === 'ready'
  const places = isReady && !opened ? placesToOpen(state) : []
  if (isReady && !opened && places.length === 0) setOpened(true)

  useEffect(() => {
    if (places.length === 0) return undefined
    let isHere = true
    // A failure shows, or another attempt starts, at the place where the items are missing.
    void Promise.allSettled(places.map((place) => desk.loadTimeline(ref, place))).then(() => {
      if (isHere) setOpened(true)
    })
    return () => {
      isHere = false
    }
    // Only when the ticket opens: later the reader decides what is loaded.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [desk, ref, isReady])

  function placesToOpen({ timeline, gaps, seenAtOpen }: Ready): TimelinePlace[] {
    if (gaps.length === 0) return []
    if (linkedId !== undefined) {
      const isShown = timeline.some(
        (item) => item.kind === 'comment' && item.comment.id === linkedId,
      )
      return isShown ? [] : [{ around: linkedId }]
    }
    const reading = { seen: seenAtOpen, readerId: me.id }
    return isUnseenMissing(timeline, gaps, reading) ? [{ around: seenAtOpen }] : []
  }

  return opened
}
