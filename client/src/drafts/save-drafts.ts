import { limits } from '@deskbell/contract'
import type { DraftKind, SavedDraft } from '@deskbell/contract'
import { ApiError, isRetryable } from '../api-error.ts'
import { retryDelay } from '../core.ts'
import { emptyText, isEmpty, sameText } from './device-drafts.ts'
import type { DraftText } from './draft-bases.ts'
import { hereText, isDirty, slot, take } from './draft-parts.ts'
import type { DraftParts } from './draft-parts.ts'
import { createSaveTimes } from './save-times.ts'

/** A browser lets no more than 64 KiB outlive a page; a character may take 4 bytes. */
const keptAliveLength = 12_000

/** Saves the drafts of this device on the server. `meet` gets the other text where it differs. */
export function createDraftSaving(parts: DraftParts, meet: (other: SavedDraft) => void) {
  const { api, environment, bases, kinds, view } = parts
  const sending = new Set<string>()
  const tries = new Map<string, number>()
  const times = createSaveTimes(environment, (ticketId) => void saveAll(ticketId))
  let isStopped = false

  /** A text that moved to the other kind is saved there before it is discarded here. */
  async function saveAll(ticketId: string): Promise<void> {
    const filledFirst = kinds.toSorted(
      (a, b) =>
        Number(isEmpty(hereText(parts, ticketId, a))) -
        Number(isEmpty(hereText(parts, ticketId, b))),
    )
    for (const kind of filledFirst) await save(ticketId, kind)
  }

  async function save(ticketId: string, kind: DraftKind): Promise<void> {
    const key = slot(ticketId, kind)
    const text = hereText(parts, ticketId, kind)
    const isTooLong =
      text.body.length > limits.bodyLength ||
      text.attachmentIds.length > limits.attachmentsPerComment
    if (isStopped || isTooLong || !isDirty(parts, ticketId, kind)) return
    if (view.differing(ticketId, kind) !== undefined) return
    if (sending.has(key)) return times.soon(ticketId)
    sending.add(key)
    try {
      await put(ticketId, kind, text)
      tries.delete(key)
    } catch (thrown) {
      refused(ticketId, kind, thrown)
    } finally {
      sending.delete(key)
    }
  }

  async function put(
    ticketId: string,
    kind: DraftKind,
    text: DraftText,
    rev = bases.get(ticketId, kind)?.rev ?? 0,
  ): Promise<void> {
    const call = { params: { id: ticketId, kind }, keepalive: text.body.length < keptAliveLength }
    const body = { ...text, attachmentIds: [...text.attachmentIds], rev }
    const saved = isEmpty(text)
      ? await api.call('discardDraft', { ...call, query: { rev } })
      : await api.call('saveDraft', { ...call, body })
    bases.set(ticketId, kind, { ...text, rev: saved.rev })
    view.refresh(ticketId)
  }

  /** What the server does not take stays on this device. */
  function refused(ticketId: string, kind: DraftKind, thrown: unknown): void {
    const other = otherDraft(thrown)
    if (other !== undefined) return meet(other)
    if (!isRetryable(thrown)) return
    const key = slot(ticketId, kind)
    const count = tries.get(key) ?? 0
    tries.set(key, count + 1)
    times.after(ticketId, retryDelay(count, thrown))
  }

  return {
    saveAll,
    soon: times.soon,
    flush: times.flush,
    async choose(ticketId: string, kind: DraftKind, which: 'here' | 'elsewhere'): Promise<void> {
      const other = view.differing(ticketId, kind)
      if (other === undefined) return
      const here = hereText(parts, ticketId, kind)
      try {
        // What is discarded is among the earlier drafts, in any case.
        await put(ticketId, kind, emptyText, other.rev)
        if (which === 'elsewhere') {
          await put(ticketId, kind, here)
          await put(ticketId, kind, emptyText)
          if (sameText(hereText(parts, ticketId, kind), here)) take(parts, other)
        }
      } catch (thrown) {
        // Nothing is decided: it is offered again.
        const rev = (bases.get(ticketId, kind)?.rev ?? 0) + 1
        view.differ({ ...other, rev: Math.max(rev, other.rev) })
        view.refresh(ticketId)
        throw thrown
      }
      view.agree(ticketId, kind)
      await save(ticketId, kind)
    },
    stop(): void {
      isStopped = true
      times.stop()
    },
  }
}

function otherDraft(thrown: unknown): SavedDraft | undefined {
  if (!(thrown instanceof ApiError) || thrown.code !== 'draft.differs') return undefined
  return (thrown.details as { draft?: SavedDraft }).draft
}
