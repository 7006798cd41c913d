import { VisuallyHidden } from '@mantine/core'
import { isBy } from '@deskbell/contract'
import type { TimelineItem } from '@deskbell/contract'
import { useState } from 'react'
import { useTags } from '../../../live/use-tags.ts'
import type { Tags } from '../../../live/use-tags.ts'
import { actorName } from '../../../ui/words/actor-name.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { changeWords, plainWords } from '../../change-words.ts'

interface TimelineNewsProps {
  timeline: readonly TimelineItem[]
  readerId: string
}

/** Announces to screen readers what others have just done, in a sentence instead of the whole comment. */
export function TimelineNews({ timeline, readerId }: TimelineNewsProps) {
  const tags = useTags()
  const [startedAt] = useState(timeline.at(-1)?.seq ?? 0)
  const latest = timeline.findLast((item) => item.seq > startedAt && !isBy(item.actor, readerId))
  return (
    <VisuallyHidden role="status">
      {latest === undefined ? '' : sentenceFor(latest, tags)}
    </VisuallyHidden>
  )
}

function sentenceFor(item: TimelineItem, tags: Tags): string {
  const name = isolated(actorName(item.actor))
  if (item.kind === 'created') return `${name} raised this ticket.`
  if (item.kind !== 'comment') return `${name} ${plainWords(changeWords(item, tags))}.`
  return item.comment.internal ? `${name} left an internal note.` : `${name} replied.`
}
