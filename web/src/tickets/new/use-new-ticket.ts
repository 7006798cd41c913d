import { ApiError } from '@deskbell/client'
import { cleanLine, hasVisible, limits } from '@deskbell/contract'
import { useRef, useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { toast, toastError } from '../../notifications/toast.ts'
import { useAskBeforeLeaving } from '../../ui/use-ask-before-leaving.ts'
import { sayError } from '../../ui/say-error.ts'
import { notAttached } from '../composer/files/not-attached.ts'
import { useUploads } from '../composer/files/use-uploads.ts'
import type { Uploads } from '../composer/files/use-uploads.ts'
import { useNewTicketDraft } from './use-new-ticket-draft.ts'
import type { NewTicketDraft } from './new-ticket-draft.ts'

interface NewTicket {
  draft: NewTicketDraft
  /** The draft is from an earlier visit. */
  restored: boolean
  /** The draft survives a reload. */
  kept: boolean
  files: Uploads
  /** The ticket is being created. */
  busy: boolean
  titleProblem: string | undefined
  problem: string | undefined
  edit(part: Partial<NewTicketDraft>): void
  startOver(): void
  create(): Promise<void>
}

/** A new ticket, from its first letter to the server's confirmation. Its files follow it there. */
export function useNewTicket(onCreated: (ref: string) => void): NewTicket {
  const desk = useDesk()
  const { draft, restored, kept, update, renew } = useNewTicketDraft()
  const files = useUploads()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [tried, setTried] = useState(false)
  // Two presses may come before a render, and state alone would let both through.
  const underWay = useRef(false)
  const titleMissing = !hasVisible(draft.title)
  // The browser cannot store files as it stores text.
  useAskBeforeLeaving(files.list.length > 0)

  const notAttachedProblem =
    tried && files.failed ? notAttached(files.failed, 'create the ticket') : undefined

  async function create() {
    setTried(true)
    if (underWay.current || titleMissing || draft.description.length > limits.bodyLength) return
    underWay.current = true
    setProblem(undefined)
    setBusy(true)
    try {
      if ((await files.check()) === undefined) await createAsWritten(draft)
    } catch (error) {
      refused(error)
    } finally {
      underWay.current = false
      setBusy(false)
    }
  }

  async function createAsWritten({ id, title, description, priority }: NewTicketDraft) {
    const ticket = await desk.createTicket({ id, title: cleanLine(title), description, priority })
    setTried(false)
    if (ticket === undefined) keepFiles(id)
    created(id, String(ticket?.number ?? id))
  }

  /** The ticket waits for the server, and so do its files. */
  function keepFiles(ticketId: string) {
    for (const { file } of files.list)
      desk
        .attach(ticketId, file, { internal: false, draft: false })
        .catch((error: unknown) => toastError(`“${file.name}” was not attached`, error))
    files.clear()
  }

  function created(ticketId: string, ref: string) {
    renew()
    files.moveTo({ ticketId, draft: false })
    onCreated(ref)
  }

  function refused(error: unknown) {
    if (wasCreatedBefore(error)) {
      toast('This ticket was created already', 'An earlier try had succeeded. Here it is.')
      created(draft.id, draft.id)
      return
    }
    setProblem(`The ticket was not created. ${sayError(error)} What you wrote is still here.`)
  }

  return {
    draft,
    restored,
    kept,
    files,
    busy,
    titleProblem:
      tried && titleMissing ? 'Give it a title, so that others know what it is about.' : undefined,
    problem: problem ?? notAttachedProblem,
    edit: (part) => {
      setProblem(undefined)
      update(part)
    },
    startOver: () => {
      renew()
      files.clear()
    },
    create,
  }
}

/** An earlier try succeeded and its reply was lost; then the text was changed. */
function wasCreatedBefore(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  if (error.code === 'idempotency.mismatch') return true
  const { details } = error
  if (error.code !== 'request.invalid' || typeof details !== 'object' || details === null)
    return false
  return (
    'fields' in details &&
    typeof details.fields === 'object' &&
    details.fields !== null &&
    'id' in details.fields
  )
}
