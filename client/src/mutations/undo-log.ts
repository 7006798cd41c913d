import { fields } from '@deskbell/contract'
import type { DeskEvent, FieldName, FieldValue } from '@deskbell/contract'
import { ApiError } from '../api-error.ts'
import type { Core } from '../core.ts'
import type { UndoneChange } from '../types.ts'
import { uuidv4 } from '../uuid.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { changeField } from './change-field.ts'
import type { MutationQueue } from './mutation-queue.ts'
import { setTags } from './set-tags.ts'
import type { TagChange } from './set-tags.ts'
import { fieldsOf } from '../outbox/kinds.ts'

/** What this tab changed, step by step, and how to take it back. */
export interface UndoLog {
  /** Makes a change that can be taken back. Changes of one step are taken back together. */
  track(step: string | undefined, change: (key: string) => Promise<void>): Promise<void>
  /** Takes back a step, or else the last one. */
  undo(step?: string): Promise<UndoneChange[]>
  /** An event was applied. */
  onEvent(event: DeskEvent): void
  /** Events may have been missed. */
  reset(): void
}

interface Delta {
  field: FieldName | 'tags'
  old: unknown
}

interface Revertible extends Delta {
  ticketId: string
  number: number
  /** The number of the event after which nobody else changed the field, as far as this tab knows. */
  seq: number
}

/** One field of one ticket that this tab changed. */
interface Done extends Revertible {
  step: string
  /** Someone else changed the field later, so undoing a later change of this tab does not bring this one's value back. */
  isOver: boolean
}

/** Fields that can be taken back: more than anyone remembers. */
const atMost = 500
/** An event that has not arrived by then will not: nothing was changed, or the connection is lost. */
const arrivesMs = 1000
/** The step of every undo: it cannot be taken back. */
const undoing = 'undoing'
/** The step of what was taken back before the server was known to have it. If it does, it is taken back there, too. */
const withdrawn = 'withdrawn'

export function createUndoLog(core: Core, queue: MutationQueue, outbox: Outbox): UndoLog {
  let done: Done[] = []
  /** The steps of changes whose events have not arrived, by idempotency key. */
  const awaited = new Map<string, string>()
  const arrivals = new Set<() => void>()
  /** The steps that can be taken back, in the order in which they began. */
  let steps: string[] = []
  let turn: Promise<unknown> = Promise.resolve()

  /** Waits for the events of a step. */
  async function arrivalOf(step: string): Promise<void> {
    const over = core.sleep(arrivesMs).then(() => 'over')
    while ([...awaited.values()].includes(step)) {
      const next = new Promise<void>((resolve) => arrivals.add(resolve))
      if ((await Promise.race([next, over])) === 'over') return
    }
  }

  function isPending(step: string): boolean {
    return [...awaited.values()].includes(step) || done.some((one) => one.step === step)
  }

  function awaitEvent(key: string, step: string, change: Promise<void>): Promise<void> {
    awaited.set(key, step)
    return change.catch((error: unknown) => {
      awaited.delete(key)
      steps = steps.filter((one) => one !== step || isPending(step))
      throw error
    })
  }

  async function revert(one: Revertible): Promise<UndoneChange> {
    const { ticketId, number, field, old, seq } = one
    const key = uuidv4()
    const base = { key, undoes: seq }
    const change =
      field === 'tags'
        ? setTags(core, queue, outbox, ticketId, old as TagChange, base)
        : changeField(outbox, ticketId, { name: field, to: old as FieldValue<FieldName> }, base)
    try {
      await awaitEvent(key, undoing, change)
      return { ticketId, number, field, error: undefined }
    } catch (error) {
      return { ticketId, number, field, error }
    }
  }

  /** Takes back what of a step still waits for the server. */
  function withdraw(step: string): UndoneChange[] {
    return [...awaited].flatMap(([key, one]) => {
      const item = one === step ? outbox.withdraw(key) : undefined
      if (item === undefined) return []
      awaited.set(key, withdrawn)
      const { ticketId, number = 0, change } = item
      return fieldsOf(change).map((field) => ({ ticketId, number, field, error: undefined }))
    })
  }

  async function undo(wanted: string | undefined): Promise<UndoneChange[]> {
    // An earlier change of the same field can be taken back once the events of the last undo are known.
    await arrivalOf(undoing)
    const step = wanted ?? steps.at(-1)
    if (step === undefined) return []
    const withdrawn = withdraw(step)
    await arrivalOf(step)
    const mine = done.filter((one) => one.step === step)
    done = done.filter((one) => one.step !== step)
    steps = steps.filter((one) => one !== step)
    const undone = await Promise.all(mine.map(revert))
    if (undone.some(({ error }) => isUnsent(error))) {
      done = [...done, ...mine.filter((_, index) => isUnsent(undone[index]?.error))]
      steps = [...steps, step]
    }
    return [...withdrawn, ...undone]
  }

  return {
    track(step, change) {
      const key = uuidv4()
      const begun = step ?? key
      steps = [...steps.filter((one) => one !== begun), begun].slice(-atMost)
      return awaitEvent(key, begun, change(key))
    },
    undo(step) {
      const undone = turn.then(() => undo(step))
      turn = undone.catch(() => undefined)
      return undone
    },
    onEvent(event) {
      const key = event.meta.commandId ?? ''
      const step = awaited.get(key)
      for (const delta of deltasOf(event)) {
        const { id: ticketId, number } = delta.ticket
        const isSame = (one: Done) => one.ticketId === ticketId && one.field === delta.field
        const { seq } = event.meta
        if (step === withdrawn) void revert({ ticketId, number, seq, ...delta })
        else if (step === undefined)
          done = done.map((one) => (isSame(one) ? { ...one, isOver: true } : one))
        else if (step === undoing)
          done = done.map((one) => (isSame(one) && !one.isOver ? { ...one, seq } : one))
        else
          done = [
            ...done,
            { step, ticketId, number, field: delta.field, old: delta.old, seq, isOver: false },
          ].slice(-atMost)
      }
      if (!awaited.delete(key)) return
      for (const arrive of arrivals) arrive()
      arrivals.clear()
    },
    reset() {
      done = done.map((one) => ({ ...one, isOver: true }))
    },
  }
}

const fieldNames = Object.keys(fields) as FieldName[]

/** The fields that an event changed, and what brings their values back. */
function deltasOf({
  name,
  data,
}: DeskEvent): (Delta & { ticket: { id: string; number: number } })[] {
  if (!('ticket' in data) || name === 'ticket:created') return []
  const { ticket } = data
  if (name === 'ticket:updated') {
    const { tags, watchers: _watchers, ...changes } = data.changes
    const deltas = Object.entries(changes).map(([field, change]) => ({
      ticket,
      field: field as FieldName,
      old: change?.old,
    }))
    if (tags === undefined) return deltas
    return [...deltas, { ticket, field: 'tags', old: { add: tags.removed, remove: tags.added } }]
  }
  // An event of a field's own names the value before it after the field.
  const old = new Map<string, unknown>(Object.entries(data))
  return fieldNames
    .filter((field) => fields[field].event === name)
    .map((field) => ({ ticket, field, old: old.get(`old${capital(field)}`) }))
}

function isUnsent(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'network'
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
