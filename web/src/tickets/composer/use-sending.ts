import { ApiError, uuidv7 } from '@deskbell/client'
import type { Status, Ticket, TimelineItem } from '@deskbell/contract'
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useChange } from '../changes/use-change.ts'
import { toastError } from '../../notifications/toast.ts'
import { sayError } from '../../ui/say-error.ts'
import type { CommentDraft } from './drafts/comment-draft.ts'
import { repliedDetails } from './replied-details.ts'
import type { CommentDraftStore } from './drafts/use-comment-draft.ts'

/** What comes after sending. */
interface Then {
  /** The status to which the ticket should move. */
  moveTo: Status | undefined
  /** Runs if the person is still here. */
  onSent: (() => void) | undefined
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

/** Sends a draft to the server. A second call sends nothing, because the first one took the draft out of the field. */
export function useSending(ticket: Ticket, drafts: CommentDraftStore): Sending {
  const desk = useDesk()
  const change = useChange()
  const [problem, setProblem] = useState<string>()
  const [stop, setStop] = useState<Stop>()
  const here = useHere()

  function clear() {
    setProblem(undefined)
    setStop(undefined)
  }

  async function send(part: Partial<CommentDraft>, then: Then) {
    const draft = drafts.take(part)
    if (draft === undefined) return
    clear()
    try {
      await desk.addComment(ticket.id, commentOf(draft))
      drafts.settle(draft)
      const notMoved = `Your reply was sent, but #${ticket.number} was not moved`
      const { moveTo } = then
      if (here.current) then.onSent?.()
      if (moveTo !== undefined) await change([ticket], { field: 'status', to: moveTo }, notMoved)
    } catch (error) {
      refused(draft, then, error)
    }
  }

  function refused(draft: CommentDraft, then: Then, error: unknown) {
    if (isMismatch(error)) {
      // The server stores another text under this id, so it would refuse this text every time: the draft gets a new
      // id.
      drafts.settle(draft)
      drafts.putBack({ ...draft, id: uuidv7() })
    } else drafts.putBack(draft)
    const replied = repliedDetails(error)
    if (replied) setStop({ ...replied, ...then })
    else setProblem(notSent(error))
    if (!here.current)
      toastError(`What you wrote on #${ticket.number} was not sent, but kept`, error)
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
