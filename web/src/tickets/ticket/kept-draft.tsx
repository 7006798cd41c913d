import { Button, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import type { CommentDrafts } from '../composer/drafts/comment-drafts.ts'
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
  const [body, setBody] = useState(() => textOf(drafts, ticketId))
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
    for (const draft of drafts.outgoing(ticketId)) drafts.settle(ticketId, draft.id)
    setBody('')
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

function textOf(drafts: CommentDrafts, ticketId: string): string {
  const all = [...drafts.outgoing(ticketId), drafts.get(ticketId), drafts.beside(ticketId)]
  const texts = all.map((draft) => draft?.body.trim() ?? '')
  return texts.filter((text) => text !== '').join('\n\n')
}
