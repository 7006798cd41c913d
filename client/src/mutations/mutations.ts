import type { Attachment, Body, DeskEvent, Reply, TicketItem } from '@deskbell/contract'
import { createTag, deleteTag, editTag, mergeTag } from './tag-mutations.ts'
import { changeField } from './change-field.ts'
import type { FieldChange } from './change-field.ts'
import type { MutationQueue } from './mutation-queue.ts'
import type { Core } from '../core.ts'
import { createNotificationMutations } from './notification-mutations.ts'
import { onRow } from './on-row.ts'
import type { Base } from '../outbox/entry.ts'
import type { NewEntry } from '../outbox/items.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { setTags } from './set-tags.ts'
import { rowOf } from '../cache/row-of.ts'
import { isOfTicket, seenOf } from '../cache/store.ts'
import { hasUnread } from '../resources/notification-count.ts'
import { applyValue } from '../cache/apply-replies.ts'
import type { AttachOptions, CommentOptions, Desk, FieldEdit, NewComment } from '../types.ts'
import type { UndoLog } from './undo-log.ts'
import { upload } from './upload.ts'
import { uuidv4, uuidv7 } from '../uuid.ts'

/** Everything a person can change from a desk. */
export function createMutations(
  core: Core,
  queue: MutationQueue,
  outbox: Outbox,
  undoLog: UndoLog,
) {
  /** The server refuses a choice if another person made one since the version that was shown. */
  function change(id: string, edit: FieldChange, step?: string): Promise<void> {
    const base = baseOf(core, core.store.rows.get(id)?.row?.version)
    return undoLog.track(step, (key) => changeField(outbox, id, edit, { key, ...base }))
  }

  return {
    createTicket: (input) => createTicket(core, outbox, input),
    editTicket: (id, edit) =>
      undoLog.track(undefined, (key) => editTicket(core, outbox, id, edit, key)),
    changeField: (id, name, to, step, after) => change(id, { name, to, after }, step),
    assign: (id, to) => change(id, { name: 'assignee', to }),
    changeStatus: (id, to) => change(id, { name: 'status', to }),
    changePriority: (id, to) => change(id, { name: 'priority', to }),
    undo: undoLog.undo,
    watch: (ticketId, person) => keep(outbox, { ticketId, change: { kind: 'watch', person } }),
    unwatch: (ticketId, personId) =>
      keep(outbox, { ticketId, change: { kind: 'unwatch', personId } }),
    setTags: (id, tags, step) => {
      const { undoes } = baseOf(core, core.store.rows.get(id)?.row?.version)
      const base = undoes === undefined ? {} : { undoes }
      return undoLog.track(step, (key) => setTags(core, queue, outbox, id, tags, { key, ...base }))
    },
    discardKept: outbox.discard,
    sendKeptAgain: outbox.sendAgain,
    createTag: (input) => createTag(core, queue, input),
    editTag: (id, edit) => editTag(core, queue, id, edit),
    deleteTag: (id) => deleteTag(core, queue, id),
    mergeTag: (id, into) => mergeTag(core, queue, id, into),
    addComment: (ticketId, comment, options = {}) =>
      addComment(core, outbox, ticketId, comment, options),
    editComment: (ticketId, commentId, body) => editComment(core, queue, ticketId, commentId, body),
    deleteComment: (ticketId, commentId) => deleteComment(core, queue, ticketId, commentId),
    attach: (id, file, options) => attach(core, queue, outbox, id, file, options),
    deleteAttachment: (ticketId, attachmentId) =>
      deleteAttachment(core, queue, ticketId, attachmentId),
    markSeen: (id, upTo) => markSeen(core, queue, id, upTo),
    notifications: createNotificationMutations(core, queue),
    editMe: (edit) => editMe(core, queue, edit),
    editSettings: (edit) => editSettings(core, queue, edit),
  } satisfies Partial<Desk>
}

async function createTicket(
  core: Core,
  outbox: Outbox,
  { id = uuidv7(core.environment.now()), ...input }: Body<'createTicket'>,
): Promise<TicketItem | undefined> {
  const change = { kind: 'createTicket', input } as const
  const reply = await outbox.execute<Reply<'createTicket'>>({ id, ticketId: id, change })
  if (reply !== undefined) return { ...rowOf(reply.ticket), seen: reply.ticket.seen }
  // The event that confirmed it may have caused a resync.
  const { rows, previousRows } = core.store
  const row = (rows.get(id) ?? previousRows.get(id))?.row
  return row && { ...row, seen: seenOf(core.store, id) }
}

async function addComment(
  core: Core,
  outbox: Outbox,
  ticketId: string,
  comment: NewComment,
  { files = [], uploads = [], onKept }: CommentOptions,
): Promise<void> {
  const { internal } = comment
  const parts = uploads.map((file) => ({
    id: uuidv4(),
    ticketId,
    change: { kind: 'attach', file, internal, commentId: comment.id } as const,
  }))
  if (parts.length > 0) await keepAll(outbox, parts)
  const at = new Date(core.serverNow()).toISOString()
  const change = {
    kind: 'addComment',
    comment,
    files,
    uploads: parts.map(({ id }) => id),
    at,
  } as const
  // One id per draft: a comment sent twice exists once.
  await outbox.execute({ id: comment.id, ticketId, change, onKept })
}

/** Keeps all or none. */
async function keepAll(outbox: Outbox, parts: readonly NewEntry[]): Promise<void> {
  const results = await Promise.allSettled(parts.map((part) => outbox.execute(part)))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed === undefined) return
  for (const { id } of parts) outbox.discard(id)
  throw failed.reason
}

async function keep(outbox: Outbox, wanted: Omit<NewEntry, 'id'> & { id?: string }): Promise<void> {
  await outbox.execute({ id: uuidv4(), ...wanted })
}

async function editTicket(
  core: Core,
  outbox: Outbox,
  ticketId: string,
  { version, ...fields }: FieldEdit,
  id: string,
): Promise<void> {
  const edit = Object.fromEntries(Object.entries(fields).filter(([, to]) => to !== undefined))
  const base = baseOf(core, version)
  await outbox.execute({ id, ticketId, change: { kind: 'editTicket', edit, base } })
}

/** Without a connection the person may do something else on another device: then that counts as a conflict, too. */
function baseOf(core: Core, version: number | undefined): Base {
  if (version === undefined) return {}
  return core.isUp() ? { version } : { undoes: version }
}

async function editComment(
  core: Core,
  queue: MutationQueue,
  ticketId: string,
  commentId: string,
  body: string,
): Promise<void> {
  await queue.execute({
    targetId: ticketId,
    changes: [{ kind: 'commentEdited', commentId, body }],
    queueKey: `comment ${commentId}`,
    send: (key) => core.api.call('editComment', { params: { id: commentId }, body: { body }, key }),
    onReply: onRow(core),
  })
}

async function deleteComment(
  core: Core,
  queue: MutationQueue,
  ticketId: string,
  commentId: string,
): Promise<void> {
  const at = new Date(core.serverNow()).toISOString()
  await queue.execute({
    targetId: ticketId,
    changes: [{ kind: 'commentDeleted', commentId, at }],
    queueKey: `comment ${commentId}`,
    send: (key) => core.api.call('deleteComment', { params: { id: commentId }, key }),
    onReply: onRow(core),
  })
}

async function attach(
  core: Core,
  queue: MutationQueue,
  outbox: Outbox,
  ticketId: string,
  file: Blob & { name?: string },
  { key: id = uuidv4(), ...options }: AttachOptions,
): Promise<Attachment | undefined> {
  const { internal, draft, ...live } = options
  if (!draft) {
    const change = { kind: 'attach', file, internal, commentId: null } as const
    const reply = await outbox.execute<Reply<'attach'>>({ id, ticketId, change, live })
    return reply?.attachment
  }
  const reply = await queue.execute<Reply<'attach'>>({
    key: id,
    targetId: ticketId,
    changes: [],
    send: (key) => upload(core, { ticketId, file, options, key }),
  })
  return reply?.attachment
}

async function deleteAttachment(
  core: Core,
  queue: MutationQueue,
  ticketId: string,
  attachmentId: string,
): Promise<void> {
  await queue.execute({
    targetId: ticketId,
    changes: [{ kind: 'attachmentDeleted', attachmentId }],
    send: (key) => core.api.call('deleteAttachment', { params: { id: attachmentId }, key }),
  })
}

async function markSeen(
  core: Core,
  queue: MutationQueue,
  id: string,
  upTo = Infinity,
): Promise<void> {
  const seq = Math.min(upTo, versionToSee(core, id))
  const isMarked = queue
    .of(id)
    .some(({ changes }) => changes.some((change) => change.kind === 'seen' && change.to >= seq))
  const isRead = seenOf(core.store, id) >= seq && !hasUnread(core.store, id)
  if (isMarked || isRead) return
  await queue.execute<Reply<'markSeen'>>({
    targetId: id,
    changes: [{ kind: 'seen', to: seq }],
    queueKey: `${id} seen`,
    send: (key) => core.api.call('markSeen', { params: { id }, body: { seq }, key }),
    onReply: ({ seen }) => {
      const known = core.store.rows.get(id)
      if (known !== undefined && known.seen < seen)
        core.store.rows.set(id, { ...known, seen, isSeenGuessed: false })
    },
  })
}

/** The version on the screen: that of the open timeline, else of the row. */
function versionToSee({ store }: Core, id: string): number {
  const open = [...store.tickets.values()].find(
    (entry) => entry.value !== undefined && isOfTicket(store, entry, id),
  )
  return open?.value?.ticket.version ?? store.rows.get(id)?.row?.version ?? 0
}

async function editMe(core: Core, queue: MutationQueue, edit: Body<'editMe'>): Promise<void> {
  // Name and settings have one event each; the event of the settings is the second.
  const last: DeskEvent['name'] =
    edit.settings === undefined ? 'person:changed' : 'person:settingsChanged'
  await queue.execute<Reply<'editMe'>>({
    targetId: 'me',
    changes: [{ kind: 'resource', name: 'me', edit }],
    queueKey: 'me',
    send: (key) => core.api.call('editMe', { body: edit, key }),
    onReply: ({ me: value, seq, tag }, later) => {
      const entry = core.store.values.get('me')
      if (entry !== undefined) applyValue(core.store, entry, { value, seq, tag }, later)
    },
    isConfirmedBy: ({ name }) => name === last,
  })
}

async function editSettings(
  core: Core,
  queue: MutationQueue,
  edit: Body<'editDeskSettings'>,
): Promise<void> {
  await queue.execute<Reply<'editDeskSettings'>>({
    targetId: 'settings',
    changes: [{ kind: 'resource', name: 'settings', edit }],
    queueKey: 'settings',
    send: (key) => core.api.call('editDeskSettings', { body: edit, key }),
    onReply: ({ settings: value, seq, tag }, later) => {
      const entry = core.store.values.get('settings')
      if (entry !== undefined) applyValue(core.store, entry, { value, seq, tag }, later)
    },
  })
}
