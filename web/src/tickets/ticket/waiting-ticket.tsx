import type { KeptChange, OutboxItem } from '@deskbell/client'
import { initialFields } from '@deskbell/contract'
import { useLayoutEffect, useMemo } from 'react'
import { useDeskState } from '../../live/use-desk-state.ts'
import { useMe } from '../../live/use-me.ts'
import { PageTitle } from '../../shell/page-title.tsx'
import { Markdown } from '../../ui/markdown/markdown.tsx'
import { RelativeTime } from '../../ui/marks/relative-time.tsx'
import { isolated } from '../../ui/words/isolated.ts'
import { Composer } from '../composer/composer.tsx'
import type { DraftedTicket } from '../composer/drafts/use-comment-draft.ts'
import { myRef } from '../my-ref.ts'
import { outboxWords } from '../outbox/outbox-words.ts'
import { whyNotSent } from '../outbox/why-not-sent.ts'
import { UnconfirmedComment } from './comment/unconfirmed-comment.tsx'
import classes from './waiting-ticket.module.css'

interface WaitingTicketProps {
  item: OutboxItem
}

/** A new ticket that the server does not have yet, and what follows it. */
export function WaitingTicket({ item }: WaitingTicketProps) {
  const { title, description } = inputOf(item.change)
  const state = useDrafted(item)
  useTypingGoesOn(item.ticketId)
  const after = useDeskState(({ outbox }) => outbox.items).filter(
    ({ id, ticketId }) => ticketId === item.ticketId && id !== item.id,
  )
  return (
    <>
      <PageTitle>{isolated(title)}</PageTitle>
      <div className={classes['content']}>
        <h1 className={classes['title']}>{title}</h1>
        <p className={classes['state']} role="status">
          {item.error
            ? whyNotSent(item)
            : 'Not created yet: it is kept on this device, and created as soon as the server can be reached. It has no number until then.'}{' '}
          Written <RelativeTime at={new Date(item.madeAt).toISOString()} />.
        </p>
        {description.trim() !== '' && <Markdown text={description} />}
        {after.map(({ id, change }) => (
          <After key={id} change={change} />
        ))}
      </div>
      <Composer ref={null} state={state} />
    </>
  )
}

function After({ change }: { change: KeptChange }) {
  if (change.kind !== 'addComment') {
    const { what, text } = outboxWords(change)
    return (
      <p className={classes['after']}>
        {what}: <bdi>{text}</bdi>
      </p>
    )
  }
  const { comment, uploads, at } = change
  const attachmentIds = [...comment.attachmentIds, ...uploads]
  return <UnconfirmedComment comment={{ ...comment, attachmentIds, at }} />
}

/** Whoever writes below the waiting ticket goes on below the real one, at the same place of the text. */
function useTypingGoesOn(ticketId: string) {
  useLayoutEffect(
    () => () => {
      // The field is still on the page.
      const field = document.activeElement
      if (!(field instanceof HTMLTextAreaElement)) return
      const { selectionStart, selectionEnd } = field
      queueMicrotask(() => {
        const selector = `[data-composer="${ticketId}"] textarea`
        const next = document.querySelector<HTMLTextAreaElement>(selector)
        next?.focus({ preventScroll: true })
        next?.setSelectionRange(selectionStart, selectionEnd)
      })
    },
    [ticketId],
  )
}

/** The ticket as the composer needs it: nobody else has seen it, so nothing can be missed. */
function useDrafted({ ticketId, change, madeAt }: OutboxItem): DraftedTicket {
  const me = useMe()
  return useMemo(() => {
    const creator = myRef(me)
    const at = new Date(madeAt).toISOString()
    const counts = { commentCount: 0, attachmentCount: 0, number: 0, version: 0 }
    const times = { createdAt: at, updatedAt: at }
    const people = { creator, lastAuthor: creator, watchers: [] }
    const { title } = inputOf(change)
    const ticket = {
      id: ticketId,
      ...initialFields,
      title,
      ...people,
      tags: [],
      ...counts,
      ...times,
    }
    return { ticket, timeline: [], gaps: [], attachments: [] }
  }, [me, ticketId, change, madeAt])
}

function inputOf(change: KeptChange) {
  return change.kind === 'createTicket' ? change.input : { title: '', description: '' }
}
