import type { TicketState } from '@deskbell/client'
import { useEffect, useEffectEvent, useState } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { toast, toastError } from '../../../notifications/toast.ts'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import { formatTexts } from '../../../ui/markdown/markdown.tsx'

/** ⌘P loads the whole history before it prints: paper loads nothing. */
export function usePrint({ ticket, timeline, gaps }: Extract<TicketState, { status: 'ready' }>) {
  const desk = useDesk()
  const [isPrinting, setIsPrinting] = useState(false)
  const before = gaps.at(-1)?.before

  useShortcut('mod+p', 'Print with the whole history', 'Ticket', () => {
    if (before !== undefined) toast('Loading the whole history to print it')
    setIsPrinting(true)
  })

  /** Resolves to whether the history is whole. */
  const loadNext = useEffectEvent(async () => {
    if (before !== undefined) await desk.loadTimeline(ticket.id, { before })
    else
      await formatTexts(
        timeline.flatMap((item) => (item.kind === 'comment' ? item.comment.body : [])),
      )
    return before === undefined
  })

  // Each page that arrives moves `before`, until no gap is left.
  useEffect(() => {
    if (!isPrinting) return
    loadNext().then(
      (isWhole) => {
        if (!isWhole) return
        setIsPrinting(false)
        window.print()
      },
      (error: unknown) => {
        setIsPrinting(false)
        toastError('The history could not be loaded, so nothing was printed', error)
      },
    )
  }, [isPrinting, before])
}
