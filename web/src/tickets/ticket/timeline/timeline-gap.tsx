import type { TimelineGap as Gap } from '@deskbell/client'
import { useEffect, useRef } from 'react'
import { useDesk } from '../../../live/use-desk.ts'
import { sayError } from '../../../ui/say-error.ts'
import classes from './timeline-gap.module.css'
import { useGapLoading } from './use-gap-loading.ts'
import type { GapSide } from './use-gap-loading.ts'

interface TimelineGapProps {
  ticketId: string
  gap: Gap
  /** Items added before the one that the selector matches must not move it. */
  keepFrom: (selector: string | undefined) => void
}

/** A part of the history that is not loaded. It loads by itself when the reader comes near it, from either side. */
export function TimelineGap({ ticketId, gap, keepFrom }: TimelineGapProps) {
  const desk = useDesk()
  const element = useRef<HTMLLIElement>(null)
  const { before, after } = gap
  const { busy, problem, load } = useGapLoading(element, gap, (side) => {
    keepFrom(side === 'earlier' ? `[data-seq="${before}"]` : undefined)
    if (side === 'earlier') return desk.loadTimeline(ticketId, { before })
    return desk.loadTimeline(ticketId, after === null ? { around: 0 } : { after })
  })
  // An effect runs after every item is in its place.
  useEffect(() => () => keepFrom(undefined), [keepFrom, before])

  function button(side: GapSide, words: string) {
    const isBusy = busy === side
    return (
      <button
        type="button"
        className={classes['load']}
        aria-disabled={isBusy || undefined}
        onClick={() => load(side)}
      >
        {isBusy ? 'Loading…' : words}
      </button>
    )
  }

  return (
    <li ref={element} className={classes['gap']} data-anchor={`gap-${before}`}>
      {button('later', after === null ? 'Show from the beginning' : 'Show later')}
      <p className={classes['break']}>
        {after === null ? 'Earlier replies and changes' : 'Replies and changes in between'}
        <span className={classes['unprinted']}> are not loaded, so they are not printed</span>
      </p>
      {button('earlier', 'Show earlier')}
      {problem !== undefined && (
        <p className={classes['problem']} role="alert">
          They could not be loaded: {sayError(problem)}
        </p>
      )}
    </li>
  )
}
