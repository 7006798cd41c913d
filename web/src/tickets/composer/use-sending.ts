import { ApiError, uuidv7 } from '@deskbell/client'
import type { Status, Ticket, TimelineItem } from '@deskbell/contract'
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useChange } from '../changes/use-change.ts'
import { toastError } from '../../notifications/toast.ts'
import { sayError } from '../../ui/say-error.ts'
import { isEmptyDraft } from './drafts/comment-draft.ts'
import type { CommentDraft } from './drafts/comment-draft.ts'
import { repliedDetails } from './replied-details.ts'
import type { CommentDraftStore } from './drafts/use-comment-draft.ts'
import { useRefusedComment } from './use-refused-comment.ts'

/** What comes after sending. */
interface Then {
  /** The status to which the ticket should move. */
  moveTo: Status | undefined
  /** Runs if the person is still here. */
  onSent: (() => void) | undefined
  /** Files that are not uploaded: without a connection they wait with the comment. */
  uploads?: readonly File[]
  /** The draft is not needed any more. */
  onKept?: () => void
}

/** Why sending waits for the writer: others wrote meanwhile. */
export interface Stop extends Then {
  /** The `seenVersion` to send once the writer has read the missed items. */
  version: number
  missed: readonly TimelineItem[]
  /** `missed` holds only the newest. */
  more: boolean
}

interface Sending {
  /** A sentence that says why the last attempt failed. */
  problem: string | undefined
  stop: Stop | undefined
  /** Whether the person is still on this ticket. */
  here: RefObject<boolean>
  halt(stop: Stop): void
  /** Forgets the result of the last attempt. */
  clear(): void
  send(part: Partial<CommentDraft>, then: Then): Promise<void>
}

/** Sends a draft, or keeps it until the server can be reached. What was refused later comes back into the field. */
export function useSending(ticket: Ticket, drafts: CommentDraftStore): Sending {
  const desk = useDesk()
  const change = useChange()
  const [problem, setProblem] = useState<string>()
  const [stop, setStop] = useState<Stop>()
  const here = useHere()
  const underWay = useRef(new Set<string>())

  function clear() {
    setProblem(undefined)
    setStop(undefined)
  }

  async function send(part: Partial<CommentDraft>, then: Then) {
    const draft = { ...drafts.current(), ...part }
    // A second press may come before the first one has emptied the field.
    const { uploads = [] } = then
    const isEmpty = isEmptyDraft(draft) && uploads.length === 0
    if (isEmpty || underWay.current.has(draft.id)) return
    underWay.current.add(draft.id)
    clear()
    try {
      await desk.addComment(ticket.id, commentOf(draft), {
        files: draft.attachments,
        uploads,
        onKept: () => {
          drafts.sent(draft)
          then.onKept?.()
        },
      })
      const refusal = `Your reply was sent, but #${ticket.number} was not moved`
      const { moveTo } = then
      if (here.current) then.onSent?.()
      if (moveTo !== undefined)
        await change([ticket], { field: 'status', to: moveTo }, { refusal, after: draft.id })
    } catch (error) {
      refused(draft, then, error)
    } finally {
      underWay.current.delete(draft.id)
    }
  }

  function refused(draft: CommentDraft, then: Then, error: unknown) {
    // The server stores another text under this id, so it would refuse this text every time: the draft gets a new id.
    const isShown = drafts.putBack(isMismatch(error) ? { ...draft, id: uuidv7() } : draft)
    if (isShown) show(error, then)
    if (!here.current || !isShown) sayKept(draft.internal, error)
  }

  function show(error: unknown, then: Then) {
    const replied = repliedDetails(error)
    if (replied) setStop({ ...replied, ...then })
    else setProblem(notSent(error))
  }

  useRefusedComment(ticket.id, ({ comment, files }, error) => {
    const { attachmentIds: _ids, ...rest } = comment
    const draft = { ...rest, ticketNumber: ticket.number, attachments: files }
    if (drafts.putBack(draft)) show(error, { moveTo: undefined, onSent: undefined })
    else sayKept(draft.internal, error)
  })

  function sayKept(internal: boolean, error: unknown) {
    toastError(
      `Your ${internal ? 'note' : 'reply'} on #${ticket.number} was not sent, but kept`,
      error,
    )
  }

  return { problem, stop, here, halt: setStop, clear, send }
}

function commentOf({ id, body, internal, attachments, seenVersion }: CommentDraft) {
  const attachmentIds = attachments.map((attachment) => attachment.id)
  return { id, body, internal, attachmentIds, ...(seenVersion !== undefined && { seenVersion }) }
}

function notSent(error: unknown): string {
  return isMismatch(error)
    ? 'An earlier version of this was sent already: look above. This text was not sent.'
    : `Not sent: ${sayError(error)} Your text is still here.`
}

function isMismatch(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'idempotency.mismatch'
}

/** Whether the component is still mounted: a later result must show elsewhere. */
function useHere(): RefObject<boolean> {
  const here = useRef(true)
  useEffect(() => {
    here.current = true
    return () => {
      here.current = false
    }
  }, [])
  return here
}
