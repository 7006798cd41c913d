import type { TicketState } from '@deskbell/client'
import { useEffect, useEffectEvent, useState } from 'react'
import { areFormatted, formatTexts } from '../../ui/markdown/markdown.tsx'

/** A longer text may take longer than a reader should wait. */
const shortCharacters = 2_000

/**
 * Formats the texts of a ticket before it shows, so that nothing moves when they are formatted. False until they are,
 * which takes a moment only.
 */
export function useFormatted(state: TicketState, opened: boolean): boolean {
  const [formatted, setFormatted] = useState(false)
  const isWaiting = opened && !formatted
  if (isWaiting && areFormatted(textsOf(state))) setFormatted(true)

  const format = useEffectEvent(() => formatTexts(textsOf(state)))
  useEffect(() => {
    if (!isWaiting) return undefined
    let isHere = true
    void format().then(() => {
      if (isHere) setFormatted(true)
    })
    return () => {
      isHere = false
    }
  }, [isWaiting])

  return formatted
}

function textsOf(state: TicketState): string[] {
  if (state.status !== 'ready') return []
  const { ticket, timeline } = state
  const comments = timeline.flatMap((item) => (item.kind === 'comment' ? [item.comment.body] : []))
  return [ticket.description, ...comments].filter(
    (text) => text.trim() !== '' && text.length <= shortCharacters,
  )
}
