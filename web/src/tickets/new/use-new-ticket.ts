import { ApiError } from '@deskbell/client'
import { cleanLine, hasVisible, limits } from '@deskbell/contract'
import { useRef, useState } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { toast, toastError } from '../../notifications/toast.ts'
import { isolated } from '../../ui/words/isolated.ts'
import { sayError } from '../../ui/say-error.ts'
import { useNewTicketDraft } from './use-new-ticket-draft.ts'
import type { NewTicketDraft } from './new-ticket-draft.ts'
import { usePickedFiles } from './use-picked-files.ts'
import type { Picked } from './use-picked-files.ts'

/** How far the creation has come. */
export type CreationStep =
  | { kind: 'creating' }
  | { kind: 'attaching'; index: number; share: number }

interface NewTicket {
  draft: NewTicketDraft
  /** The draft is from an earlier visit. */
  restored: boolean
  /** The draft survives a reload. */
  kept: boolean
  files: Picked
  /** Undefined while the person writes. */
  step: CreationStep | undefined
  titleProblem: string | undefined
  problem: string | undefined
  edit(part: Partial<NewTicketDraft>): void
  startOver(): void
  create(): Promise<void>
}

/** A new ticket, from its first letter to the server's confirmation and the upload of its last file. */
export function useNewTicket(onCreated: (ref: string) => void): NewTicket {
  const desk = useDesk()
  const { draft, restored, kept, update, renew } = useNewTicketDraft()
  const files = usePickedFiles()
  const [step, setStep] = useState<CreationStep>()
  const [problem, setProblem] = useState<string>()
  const [tried, setTried] = useState(false)
  // The draft is deleted once the ticket exists, but the page shows its text until the files are sent.
  const [sent, setSent] = useState<NewTicketDraft>()
  // Two presses may come before a render, and state alone would let both through.
  const underWay = useRef(false)
  const shown = sent ?? draft
  const titleMissing = !hasVisible(shown.title)

  async function create() {
    setTried(true)
    if (underWay.current || titleMissing || draft.description.length > limits.bodyLength) return
    underWay.current = true
    setProblem(undefined)
    setStep({ kind: 'creating' })
    setSent(draft)
    try {
      const { id, title, description, priority } = draft
      const ticket = await desk.createTicket({ id, title: cleanLine(title), description, priority })
      renew()
      setTried(false)
      await attachAll(ticket.id, ticket.number)
      files.clear()
      onCreated(String(ticket.number))
    } catch (error) {
      refused(error)
    } finally {
      underWay.current = false
      setStep(undefined)
      setSent(undefined)
    }
  }

  async function attachAll(ticketId: string, number: number) {
    for (const [index, file] of files.list.entries()) {
      setStep({ kind: 'attaching', index, share: 0 })
      try {
        // One after the other: at once they would only share the same bandwidth.
        // oxlint-disable-next-line no-await-in-loop
        await desk.attach(ticketId, file, {
          internal: false,
          draft: false,
          progress: (share) => setStep({ kind: 'attaching', index, share }),
        })
      } catch (error) {
        toastError(`#${number} was created, but “${isolated(file.name)}” was not attached`, error)
      }
    }
  }

  function refused(error: unknown) {
    if (wasCreatedBefore(error)) {
      const { id } = draft
      renew()
      toast('This ticket was created already', 'An earlier try had succeeded. Here it is.')
      onCreated(id)
      return
    }
    setProblem(`The ticket was not created. ${sayError(error)} What you wrote is still here.`)
  }

  return {
    draft: shown,
    restored,
    kept,
    files,
    step,
    titleProblem:
      tried && titleMissing ? 'Give it a title, so that others know what it is about.' : undefined,
    problem,
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
