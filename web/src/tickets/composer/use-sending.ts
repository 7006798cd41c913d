import { DeskError } from '@deskbell/client'
import type { Status, Ticket, TimelineItem } from '@deskbell/contract'
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { toastError } from '../../notifications/toast.ts'
import { sayError } from '../../ui/say-error.ts'
import type { CommentDraft } from './comment-draft.ts'
import { repliedDetails } from './replied-details.ts'
import type { CommentDraftStore } from './use-comment-draft.ts'

/** Why sending waits for the writer: others wrote in the meantime. */
export interface Stop {
  /** To send with when that was read. */
  version: number
  missed: readonly TimelineItem[]
  /** Where the ticket was to be moved after sending. */
  moveTo: Status | undefined
}

interface Sending {
  underWay: boolean
  /** Why the last attempt failed. */
  problem: string | undefined
  stop: Stop | undefined
  halt(stop: Stop): void
  /** Forgets how the last attempt ended. */
  clear(): void
  send(draft: CommentDraft, moveTo: Status | undefined): Promise<void>
}

/** Takes a draft to the server: once, however often it is asked to. */
export function useSending(ticket: Ticket, drafts: CommentDraftStore): Sending {
  const desk = useDesk()
  const [underWay, setUnderWay] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [stop, setStop] = useState<Stop>()
  // Two presses may come before a render: state alone would let both through.
  const busy = useRef(false)
  const here = useHere()

  function clear() {
    setProblem(undefined)
    setStop(undefined)
  }

  async function send(draft: CommentDraft, moveTo: Status | undefined) {
    if (busy.current) return
    busy.current = true
    setUnderWay(true)
    clear()
    try {
      const { id, body, internal, attachments, seenVersion } = draft
      await desk.addComment(ticket.id, {
        id,
        body,
        internal,
        attachmentIds: attachments.map((attachment) => attachment.id),
        ...(seenVersion === undefined ? {} : { seenVersion }),
      })
      drafts.discard(draft.id)
      if (moveTo !== undefined) await move(moveTo)
    } catch (error) {
      const replied = repliedDetails(error)
      if (replied) setStop({ ...replied, moveTo })
      else refused(error)
      if (!here.current)
        toastError(`What you wrote on #${ticket.number} was not sent, but kept`, error)
    } finally {
      busy.current = false
      setUnderWay(false)
    }
  }

  async function move(status: Status) {
    try {
      await desk.changeStatus(ticket.id, status)
    } catch (error) {
      toastError(`Your reply was sent, but #${ticket.number} was not moved`, error)
    }
  }

  function refused(error: unknown) {
    if (!isMismatch(error)) {
      setProblem(`Not sent: ${sayError(error)} Your text is still here.`)
      return
    }
    // Something else was stored under this id: what is written now becomes a comment of its own.
    drafts.renewId()
    setProblem('An earlier version of this was sent already: look above. This text was not sent.')
  }

  return { underWay, problem, stop, halt: setStop, clear, send }
}

function isMismatch(error: unknown): boolean {
  return error instanceof DeskError && error.code === 'idempotency.mismatch'
}

/** Whether the component is still on the page: what ends later has to be said elsewhere. */
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
