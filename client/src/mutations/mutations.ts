import type { Attachment, Body, DeskEvent, PersonRef, Reply, TicketItem } from '@deskbell/contract'
import { createTag, deleteTag, editTag, mergeTag, setTags } from './tag-mutations.ts'
import { changeField } from './change-field.ts'
import type { FieldChange } from './change-field.ts'
import { executeForRow } from './execute-for-row.ts'
import type { MutationQueue } from './mutation-queue.ts'
import type { Core } from '../core.ts'
import type { Change } from './pending-mutation.ts'
import { rowOf } from '../cache/row-of.ts'
import { isOfTicket, seenOf } from '../cache/store.ts'
import { applyValue, mergeRow } from '../cache/apply-replies.ts'
import type { AttachOptions, Desk, FieldEdit, NewComment } from '../types.ts'
import type { UndoLog } from './undo-log.ts'
import { upload } from './upload.ts'
import { uuidv7 } from '../uuid.ts'

/** Everything a person can change from a desk. */
export function createMutations(core: Core, queue: MutationQueue, undoLog: UndoLog) {
  /** The server refuses a choice if another person made one since the version that was shown. */
  function change(id: string, { name, to }: FieldChange, step?: string): Promise<void> {
    const base = shownVersion(core, id)
    return undoLog.track(step, (key) =>
      changeField(core, queue, id, { name, to }, { key, ...base }),
    )
  }

  return {
    createTicket: (input) => createTicket(core, queue, input),
    editTicket: (id, edit) =>
      undoLog.track(undefined, (key) => editTicket(core, queue, id, edit, key)),
    changeField: (id, name, to, step) => change(id, { name, to }, step),
    assign: (id, to) => change(id, { name: 'assignee', to }),
    changeStatus: (id, to) => change(id, { name: 'status', to }),
    changePriority: (id, to) => change(id, { name: 'priority', to }),
    undo: undoLog.undo,
    watch: (id, person) => watch(core, queue, id, person),
    unwatch: (id, personId) => unwatch(core, queue, id, personId),
    setTags: (id, tags, step) =>
      undoLog.track(step, (key) => setTags(core, queue, id, tags, { key })),
    createTag: (input) => createTag(core, queue, input),
    editTag: (id, edit) => editTag(core, queue, id, edit),
    deleteTag: (id) => deleteTag(core, queue, id),
    mergeTag: (id, into) => mergeTag(core, queue, id, into),
    addComment: (id, comment) => addComment(core, queue, id, comment),
    editComment: (ticketId, commentId, body) => editComment(core, queue, ticketId, commentId, body),
    deleteComment: (ticketId, commentId) => deleteComment(core, queue, ticketId, commentId),
    attach: (id, file, options) => attach(core, queue, id, file, options),
    deleteAttachment: (ticketId, attachmentId) =>
      deleteAttachment(core, queue, ticketId, attachmentId),
    markSeen: (id) => markSeen(core, queue, id),
    editMe: (edit) => editMe(core, queue, edit),
    editSettings: (edit) => editSettings(core, queue, edit),
  } satisfies Partial<Desk>
}

async function createTicket(
  core: Core,
  queue: MutationQueue,
  input: Body<'createTicket'>,
): Promise<TicketItem> {
  const id = input.id ?? uuidv7(core.environment.now())
  const reply = await queue.execute({
    targetId: id,
    changes: [],
    send: (key) => core.api.call('createTicket', { body: { ...input, id }, key }),
    onReply: ({ ticket, seq }, later) => mergeRow(core.store, ticket, seq, later),
  })
  if (reply !== undefined) return { ...rowOf(reply.ticket), seen: reply.ticket.seen }
  // The event that confirmed it may have caused a resync.
  const { rows, previousRows } = core.store
  const row = (rows.get(id) ?? previousRows.get(id))?.row
  if (row === undefined) throw new Error('a ticket is known from the event of its creation')
  return { ...row, seen: seenOf(core.store, id) }
}

function editTicket(
  core: Core,
  queue: MutationQueue,
  id: string,
  edit: FieldEdit,
  key: string,
): Promise<void> {
  const body = Object.fromEntries(Object.entries(edit).filter(([, to]) => to !== undefined))
  const { version: _version, ...fields } = body
  const changes = Object.entries(fields).map(([kind, to]) => ({ kind, to }) as Change)
  return executeForRow(core, queue, {
    key,
    targetId: id,
    changes,
    queueKey: `${id} fields`,
    send: (sent) => core.api.call('editTicket', { params: { id }, body, key: sent }),
  })
}

function watch(core: Core, queue: MutationQueue, id: string, person: PersonRef): Promise<void> {
  return executeForRow(core, queue, {
    targetId: id,
    changes: [{ kind: 'watchers', add: person }],
    queueKey: `${id} watchers`,
    send: (key) => core.api.call('watch', { params: { id, userId: person.id }, key }),
  })
}

function unwatch(core: Core, queue: MutationQueue, id: string, personId: string): Promise<void> {
  return executeForRow(core, queue, {
    targetId: id,
    changes: [{ kind: 'watchers', remove: personId }],
    queueKey: `${id} watchers`,
    send: (key) => core.api.call('unwatch', { params: { id, userId: personId }, key }),
  })
}

function addComment(
  core: Core,
  queue: MutationQueue,
  id: string,
  input: NewComment,
): Promise<void> {
  const { seenVersion, attachmentIds, ...comment } = input
  const at = new Date(core.serverNow()).toISOString()
  const body = {
    ...comment,
    attachmentIds: [...attachmentIds],
    ...(seenVersion !== undefined && { seenVersion }),
  }
  return executeForRow(core, queue, {
    // One id per draft: a comment sent twice exists once.
    key: comment.id,
    targetId: id,
    changes: [{ kind: 'comment', comment: { ...comment, attachmentIds, at } }],
    queueKey: `${id} conversation`,
    send: (key) => core.api.call('addComment', { params: { id }, body, key }),
    shownAfterReply: confirmedComment,
  })
}

function confirmedComment({ comment, seq }: Reply<'addComment'>): Change[] {
  const item = {
    kind: 'comment',
    seq,
    at: comment.createdAt,
    actor: { kind: 'person', person: comment.author },
    comment,
  } as const
  return [{ kind: 'confirmedComment', item }]
}

function editComment(
  core: Core,
  queue: MutationQueue,
  ticketId: string,
  commentId: string,
  body: string,
): Promise<void> {
  return executeForRow(core, queue, {
    targetId: ticketId,
    changes: [{ kind: 'commentEdited', commentId, body }],
    queueKey: `comment ${commentId}`,
    send: (key) => core.api.call('editComment', { params: { id: commentId }, body: { body }, key }),
  })
}

function deleteComment(
  core: Core,
  queue: MutationQueue,
  ticketId: string,
  commentId: string,
): Promise<void> {
  const at = new Date(core.serverNow()).toISOString()
  return executeForRow(core, queue, {
    targetId: ticketId,
    changes: [{ kind: 'commentDeleted', commentId, at }],
    queueKey: `comment ${commentId}`,
    send: (key) => core.api.call('deleteComment', { params: { id: commentId }, key }),
  })
}

async function attach(
  core: Core,
  queue: MutationQueue,
  ticketId: string,
  file: Blob & { name?: string },
  options: AttachOptions,
): Promise<Attachment> {
  let confirmed: Attachment | undefined
  const reply = await queue.execute<Reply<'attach'>>({
    ...(options.key !== undefined && { key: options.key }),
    targetId: ticketId,
    changes: [],
    send: (key) => upload(core, { ticketId, file, options, key }),
    shownAfterReply: ({ attachment }) =>
      options.draft ? [] : [{ kind: 'attachmentAdded', attachment }],
    isConfirmedBy: (event) => {
      if (event.name === 'ticket:attachmentAdded') confirmed = event.data.attachment
      return confirmed !== undefined
    },
  })
  const attachment = reply?.attachment ?? confirmed
  if (attachment === undefined) throw new Error('an upload ends with its reply or its event')
  return attachment
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

async function markSeen(core: Core, queue: MutationQueue, id: string): Promise<void> {
  const seq = versionToSee(core, id)
  const isMarked = queue
    .of(id)
    .some(({ changes }) => changes.some((change) => change.kind === 'seen' && change.to >= seq))
  if (isMarked || seenOf(core.store, id) >= seq) return
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

function shownVersion({ store }: Core, id: string): { version?: number } {
  const version = store.rows.get(id)?.row?.version
  return version === undefined ? {} : { version }
}
