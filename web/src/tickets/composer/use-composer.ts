import type { Attachment, Status, TimelineItem } from '@deskbell/contract'
import { limits } from '@deskbell/contract'
import { useDesk } from '../../live/use-desk.ts'
import { useMe } from '../../live/use-me.ts'
import { isEmptyDraft } from './drafts/comment-draft.ts'
import type { CommentDraft } from './drafts/comment-draft.ts'
import { missedWhileWriting } from './missed-while-writing.ts'
import { useCommentDraft } from './drafts/use-comment-draft.ts'
import type { DraftedTicket } from './drafts/use-comment-draft.ts'
import { useRestoredFiles } from './files/use-restored-files.ts'
import { useSending } from './use-sending.ts'
import { tellThisWindow } from './drafts/use-stored-draft.ts'
import { useUploads } from './files/use-uploads.ts'
import type { Uploads } from './files/use-uploads.ts'

export interface Composer {
  draft: CommentDraft
  /** The draft survives a reload. */
  kept: boolean
  uploads: Uploads
  /** A sentence that says why the draft cannot be sent yet. */
  waitsFor: string | undefined
  /** A sentence that says why the last attempt to send failed. */
  problem: string | undefined
  /** What others wrote since this draft was begun. */
  missed: readonly TimelineItem[]
  /** `missed` holds only the newest. */
  missedMore: boolean
  /** The server or the page stopped the reply because of `missed`; the writer decides what to do. */
  stopped: boolean
  write(body: string): void
  setInternal(internal: boolean): void
  addFiles(files: readonly File[]): void
  removeFile(attachment: Attachment): void
  /** The writer has read the missed items. */
  acknowledge(): void
  send(options?: SendOptions): void
}

export interface SendOptions {
  /** Send although others wrote meanwhile. */
  anyway?: boolean
  internal?: boolean
  /** The status to which the ticket moves afterwards. */
  moveTo?: Status
  /** Runs once it is sent, if the person is still here. */
  onSent?: (() => void) | undefined
}

/** A reply or a note, from its first letter to the server's confirmation. */
export function useComposer(state: DraftedTicket): Composer {
  const { ticket, timeline, gaps } = state
  const desk = useDesk()
  const me = useMe()
  const drafts = useCommentDraft(state)
  const { draft, update } = drafts
  const sending = useSending(ticket, drafts)
  const lost = useRestoredFiles(state, drafts)
  const uploads = useUploads(ticket.id, true, (attachment) => {
    update((before) => ({ attachments: [...before.attachments, attachment] }))
    tellThisWindow()
  })
  const { missed, more } = missedWhileWriting(timeline, gaps, draft.seenVersion, me.id)
  const waitsFor = whatIsMissing(draft, uploads)
  // The refusal of a stale reply may name a newer version than this page has.
  const read = Math.max(sending.stop?.version ?? 0, ticket.version)

  function send({
    anyway = false,
    internal = draft.internal,
    moveTo = sending.stop?.moveTo,
    onSent = sending.stop?.onSent,
  }: SendOptions = {}) {
    if (waitsFor !== undefined) return
    if (!anyway && missed.length > 0)
      sending.halt({ version: ticket.version, missed, more, moveTo, onSent })
    else void sending.send({ internal, ...(anyway && { seenVersion: read }) }, { moveTo, onSent })
  }

  return {
    draft,
    kept: drafts.kept,
    uploads,
    waitsFor,
    problem: sending.problem ?? lost,
    missed: sending.stop?.missed ?? missed,
    missedMore: sending.stop?.more ?? more,
    stopped: sending.stop !== undefined,
    write: (body) => {
      if (sending.problem !== undefined) sending.clear()
      update(() => ({ body }))
    },
    setInternal: (internal) => update(() => ({ internal })),
    addFiles: (files) => uploads.start(files, draft.internal),
    removeFile: ({ id }) => {
      update((before) => ({ attachments: before.attachments.filter((file) => file.id !== id) }))
      // A failure is silent: the server removes files that no comment includes.
      desk.deleteAttachment(ticket.id, id).catch(() => undefined)
    },
    acknowledge: () => {
      sending.clear()
      update(() => ({ seenVersion: read }))
    },
    send,
  }
}

function whatIsMissing(draft: CommentDraft, uploads: Uploads): string | undefined {
  if (uploads.busy) return 'A file is still on its way'
  if (isEmptyDraft(draft)) return 'Write something or attach a file first'
  if (draft.attachments.length > limits.attachmentsPerComment)
    return `At most ${limits.attachmentsPerComment} files go with one reply`
  return draft.body.length > limits.bodyLength ? 'This is too long' : undefined
}
