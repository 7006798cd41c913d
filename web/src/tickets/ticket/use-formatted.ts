import type { TicketState } from '@deskbell/client'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useMe } from '../../live/use-me.ts'
import { areFormatted, formatTexts, warmFormatter } from '../../ui/markdown/markdown.tsx'
import { openingTexts } from './opening-texts.ts'
import { linkedCommentId } from './timeline/linked-comment-id.ts'

/**
 * Formats the texts of a ticket before it shows, so that nothing moves when they are formatted. Undefined until then,
 * for a moment or, on a slow device, for seconds; then the texts that are on the screen when the ticket opens.
 */
export function useFormatted(state: TicketState, opened: boolean): ReadonlySet<string> | undefined {
  const me = useMe()
  const linkedId = useLocation({ select: ({ hash }) => linkedCommentId(hash) })
  const [opening, setOpening] = useState<ReturnType<typeof openingTexts>>()
  const [formatted, setFormatted] = useState(false)
  if (opened && opening === undefined && state.status === 'ready')
    setOpening(openingTexts(state, { readerId: me.id, linkedId }))
  if (!formatted && opening !== undefined && areFormatted(opening.texts)) setFormatted(true)

  // The worker loads beside the ticket.
  useEffect(warmFormatter, [])

  useEffect(() => {
    if (opening === undefined) return undefined
    let isHere = true
    void formatTexts(opening.texts).then(() => {
      if (isHere) setFormatted(true)
    })
    return () => {
      isHere = false
    }
  }, [opening])

  return formatted ? opening?.inSight : undefined
}
