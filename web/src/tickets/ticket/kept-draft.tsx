import type { KeptChange } from '@deskbell/client'
import { Button, Textarea } from '@mantine/core'
import { withPlainMentions } from '@deskbell/contract'
import { useRef, useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useDeskState } from '../../live/use-desk-state.ts'
import { useCommentDrafts } from '../composer/drafts/use-comment-drafts.ts'
import classes from './kept-draft.module.css'

interface KeptDraftProps {
  /** The ticket's id or number. */
  ticketRef: string
}

/** The draft for a ticket that is gone, to copy or to discard. */
export function KeptDraft({ ticketRef }: KeptDraftProps) {
  const desk = useDesk()
  const drafts = useCommentDrafts()
  const ticketId = drafts.ticketWithNumber(Number(ticketRef)) ?? ticketRef
  const waiting = useDeskState(({ outbox }) => outbox.items).filter((item) =>
    [item.ticketId, String(item.number)].includes(ticketRef),
  )
  const [kept, setKept] = useState(() =>
    joined([drafts.get(ticketId)?.body, drafts.beside(ticketId)?.body]),
  )
  const body = joined([...waiting.map(({ change }) => textOf(change)), kept])
  const [copied, setCopied] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  if (body.trim() === '') return null

  function copy() {
    field.current?.select()
    // The old command also works on plain http, where browsers have no clipboard API.
    setCopied(document.execCommand('copy'))
  }

  function discard() {
    drafts.clear(ticketId)
    drafts.setBeside(ticketId, undefined)
    desk.drafts.changed(ticketId)
    for (const { id } of waiting) desk.discardKept(id)
    setKept('')
  }

  return (
    <section className={classes['draft']} aria-labelledby="kept-draft" data-focus-after="main">
      <h2 id="kept-draft" className={classes['title']}>
        Your unsent text is kept
      </h2>
      <Textarea
        ref={field}
        aria-label="Your unsent text"
        readOnly
        autosize
        maxRows={12}
        value={body}
      />
      <div className={classes['buttons']}>
        <Button size="xs" onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
        <Button size="xs" variant="default" onClick={discard}>
          Throw it away
        </Button>
      </div>
    </section>
  )
}

function textOf(change: KeptChange): string {
  return change.kind === 'addComment' ? change.comment.body : ''
}

function joined(texts: readonly (string | undefined)[]): string {
  return texts
    .map((text = '') => withPlainMentions(text).trim())
    .filter((text) => text !== '')
    .join('\n\n')
}
