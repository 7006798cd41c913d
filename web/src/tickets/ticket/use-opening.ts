import type { TicketState, TimelinePlace } from '@deskbell/client'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useMe } from '../../live/use-me.ts'
import { useCommentDrafts } from '../composer/drafts/use-comment-drafts.ts'
import { linkedCommentId } from './timeline/linked-comment-id.ts'
import { isUnseenMissing } from './timeline/timeline-blocks.ts'

type Ready = Extract<TicketState, { status: 'ready' }>

/**
 * Loads what a ticket opens at, where that is not on the newest page: the comment that was linked to, else the first
 * unseen item; and what was on its way when the page was closed. False until it is there.
 */
export function useOpening(ref: string, state: TicketState): boolean {
  const desk = useDesk()
  const me = useMe()
  const drafts = useCommentDrafts()
  const linkedId = useLocation({ select: ({ hash }) => linkedCommentId(hash) })
  const [opened, setOpened] = useState(false)
  const isReady = state.status === 'ready'
  const places = isReady && !opened ? placesToOpen(state) : []
  if (isReady && !opened && places.length === 0) setOpened(true)

  useEffect(() => {
    if (places.length === 0) return undefined
    let isHere = true
    // What cannot be loaded is said, or asked for again, where it is missed.
    void Promise.allSettled(places.map((place) => desk.loadTimeline(ref, place))).then(() => {
      if (isHere) setOpened(true)
    })
    return () => {
      isHere = false
    }
    // Only where it opens: later the reader decides what is loaded.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [desk, ref, isReady])

  function placesToOpen({ ticket, timeline, gaps, seenAtOpen }: Ready): TimelinePlace[] {
    if (gaps.length === 0) return []
    const shown = timeline.flatMap((item) => (item.kind === 'comment' ? item.comment.id : []))
    // They may have become comments.
    const outgoing = drafts.outgoing(ticket.id).map(({ id }) => id)
    const wanted = linkedId === undefined ? outgoing : [...outgoing, linkedId]
    const missing = wanted.filter((id) => !shown.includes(id))
    const reading = { seen: seenAtOpen, readerId: me.id }
    const isNewMissing = linkedId === undefined && isUnseenMissing(timeline, gaps, reading)
    return [
      ...missing.map((id) => ({ around: id })),
      ...(isNewMissing ? [{ around: seenAtOpen }] : []),
    ]
  }

  return opened
}
