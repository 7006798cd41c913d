import { useCallbackRef } from '@mantine/hooks'
import type { Attachment, Status, TimelineItem } from '@deskbell/contract'
import { limits } from '@deskbell/contract'
import { useMemo } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useDeskState } from '../../live/use-desk-state.ts'
import { useOfflineSince } from '../../live/use-offline-since.ts'
import { useMe } from '../../live/use-me.ts'
import { toast } from '../../notifications/toast.ts'
import { isEmptyDraft } from './drafts/comment-draft.ts'
import type { CommentDraft } from './drafts/comment-draft.ts'
import { missedWhileWriting } from './missed-while-writing.ts'
import { useCommentDraft } from './drafts/use-comment-draft.ts'
import type { DraftedTicket } from './drafts/use-comment-draft.ts'
import { notAttached } from './files/not-attached.ts'
import { useRestoredFiles } from './files/use-restored-files.ts'
import { useSending } from './use-sending.ts'
import { tellThisWindow } from './drafts/use-stored-draft.ts'
import { useUploads } from './files/use-uploads.ts'
import type { Upload } from './files/upload-list.ts'
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
  /** Why the last attempt to send was refused or stopped: another value for each attempt. */
  refusal: unknown
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
  moveTo?: Status | undefined
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
  const uploads = useUploads({ ticketId: ticket.id, draft: true }, (attachment) => {
    drafts.addFile(attachment)
    tellThisWindow()
  })
  const { seenVersion } = draft
  const { missed, more } = useMemo(
    () => missedWhileWriting(timeline, gaps, seenVersion, me.id),
    [timeline, gaps, seenVersion, me.id],
  )
  const keeps = useDeskState(({ outbox }) => outbox.keeps)
  // Without a connection the files wait on this device, with the comment.
  const filesWait = useOfflineSince() !== undefined && keeps && uploads.list.every(mayWait)
  const waitsFor = whatIsMissing(draft, uploads, filesWait)
  // The refusal of a stale reply may name a newer version than this page has.
  const read = Math.max(sending.stop?.version ?? 0, ticket.version)

  const sendNow = useCallbackRef((how: SendOptions) => {
    const { anyway = false, internal = drafts.current().internal, moveTo, onSent } = how
    // To a person who has left meanwhile, the server says what they missed.
    if (!anyway && missed.length > 0 && sending.here.current)
      sending.halt({ version: ticket.version, missed, more, moveTo, onSent })
    else {
      const waiting = filesWait ? uploads.list : []
      void sending.send(
        { internal, ...(anyway && { seenVersion: read }) },
        {
          moveTo,
          onSent,
          uploads: waiting.map(({ file }) => file),
          onKept: () => waiting.forEach(uploads.drop),
        },
      )
    }
  })

  function send(options: SendOptions = {}) {
    if (waitsFor !== undefined) return
    // What is stored may be a note by now, of another window.
    const { body, internal } = drafts.current()
    const how = { internal, moveTo: sending.stop?.moveTo, onSent: sending.stop?.onSent, ...options }
    if (filesWait) return sendNow(how)
    let hasWaited = false
    uploads.whenDone((failed) => {
      const now = drafts.current()
      // Another window may have changed it meanwhile, into a note even: that was not to be sent.
      const isOther = hasWaited && (now.body !== body || now.internal !== internal)
      const problem = isOther
        ? 'It was changed in another window meanwhile.'
        : failed && notAttached(failed, 'send')
      if (problem === undefined) sendNow(how)
      if (sending.here.current) return
      tellThisWindow()
      if (problem !== undefined)
        toast(`What you wrote on #${ticket.number} was not sent, but kept`, problem)
    })
    hasWaited = true
  }

  /** A person who goes on writing does not want to send any more. */
  function change(part: (before: CommentDraft) => Partial<CommentDraft>) {
    if (uploads.isAwaited) uploads.whenDone(undefined)
    update(part)
  }

  return {
    draft,
    kept: drafts.kept,
    uploads,
    waitsFor,
    problem: sending.problem ?? lost,
    refusal: sending.stop ?? sending.problem,
    missed: sending.stop?.missed ?? missed,
    missedMore: sending.stop?.more ?? more,
    stopped: sending.stop !== undefined,
    write: (body) => {
      if (sending.problem !== undefined) sending.clear()
      change(() => ({ body }))
    },
    setInternal: (internal) => {
      if (uploads.isAwaited) uploads.whenDone(undefined)
      drafts.turn(internal)
    },
    addFiles: (files) => uploads.start(files, draft.internal),
    removeFile: ({ id }) => {
      change((before) => ({ attachments: before.attachments.filter((file) => file.id !== id) }))
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

/** It may be sent later as it is. */
function mayWait({ problem, again = false }: Upload): boolean {
  return problem === undefined || again
}

function whatIsMissing(
  draft: CommentDraft,
  { list, failed }: Uploads,
  filesWait: boolean,
): string | undefined {
  if (failed !== undefined && !filesWait) return notAttached(failed, 'send')
  if (isEmptyDraft(draft) && list.length === 0) return 'Write something or attach a file first'
  if (draft.attachments.length + list.length > limits.attachmentsPerComment)
    return `At most ${limits.attachmentsPerComment} files go with one reply`
  return draft.body.length > limits.bodyLength ? 'This is too long' : undefined
}
