import type {
  Attachment,
  Body,
  DeskEvent,
  PersonRef,
  Position,
  Priority,
  Reply,
  Status,
  TicketItem,
} from '@deskbell/contract'
import type { Commands, Order } from './commands.ts'
import type { Core } from './core.ts'
import type { Change } from './pending.ts'
import { rowOf } from './row-of.ts'
import { isOfTicket, isOlder, seenOf } from './store.ts'
import { learnItem, takeMe } from './take-replies.ts'
import type { AttachOptions, Desk, NewComment } from './types.ts'
import { upload } from './upload.ts'
import { uuidv7 } from './uuid.ts'

/** Everything a person can change from a desk. */
export function createOrders(core: Core, commands: Commands) {
  return {
    createTicket: (input) => createTicket(core, commands, input),
    editTicket: (id, edit) => editTicket(core, commands, id, edit),
    assign: (id, assignee) => assign(core, commands, id, assignee),
    changeStatus: (id, status) => changeStatus(core, commands, id, status),
    changePriority: (id, priority) => changePriority(core, commands, id, priority),
    watch: (id, person) => watch(core, commands, id, person),
    unwatch: (id, personId) => unwatch(core, commands, id, personId),
    addComment: (id, comment) => addComment(core, commands, id, comment),
    editComment: (ticketId, commentId, body) =>
      editComment(core, commands, ticketId, commentId, body),
    deleteComment: (ticketId, commentId) => deleteComment(core, commands, ticketId, commentId),
    attach: (id, file, options) => attach(core, commands, id, file, options),
    deleteAttachment: (ticketId, attachmentId) =>
      deleteAttachment(core, commands, ticketId, attachmentId),
    markSeen: (id) => markSeen(core, commands, id),
    editMe: (edit) => editMe(core, commands, edit),
  } satisfies Partial<Desk>
}

/** An order whose reply brings the ticket's row. */
async function giveForRow<R extends Position & { ticket: TicketItem | null }>(
  { store }: Core,
  commands: Commands,
  order: Order<R>,
): Promise<void> {
  await commands.give({
    ...order,
    learn: ({ ticket, seq }, later) => {
      if (ticket !== null) learnItem(store, ticket, seq, later)
    },
  })
}

async function createTicket(
  core: Core,
  commands: Commands,
  input: Body<'createTicket'>,
): Promise<TicketItem> {
  const id = input.id ?? uuidv7(core.environment.now())
  const reply = await commands.give({
    about: id,
    changes: [],
    send: (key) => core.api.call('createTicket', { body: { ...input, id }, key }),
    learn: ({ ticket, seq }, later) => learnItem(core.store, ticket, seq, later),
  })
  if (reply !== undefined) return { ...rowOf(reply.ticket), seen: reply.ticket.seen }
  // The event that told it may have begun the store anew.
  const { known, knownBefore } = core.store
  const row = (known.get(id) ?? knownBefore.get(id))?.row
  if (row === undefined) throw new Error('a ticket is known from the event of its creation')
  return { ...row, seen: seenOf(core.store, id) }
}

function editTicket(
  core: Core,
  commands: Commands,
  id: string,
  { title, description, version }: { title?: string; description?: string; version?: number },
): Promise<void> {
  const changes: Change[] = []
  if (title !== undefined) changes.push({ kind: 'title', to: title })
  if (description !== undefined) changes.push({ kind: 'description', to: description })
  const body = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
  }
  return giveForRow(core, commands, {
    about: id,
    changes,
    lane: `${id} text`,
    send: (key) => core.api.call('editTicket', { params: { id }, body, key }),
  })
}

function assign(
  core: Core,
  commands: Commands,
  id: string,
  assignee: PersonRef | null,
): Promise<void> {
  const body = { assigneeId: assignee?.id ?? null, ...shownVersion(core, id) }
  return giveForRow(core, commands, {
    about: id,
    changes: [{ kind: 'assignee', to: assignee }],
    lane: `${id} assignee`,
    send: (key) => core.api.call('editTicket', { params: { id }, body, key }),
  })
}

function changeStatus(core: Core, commands: Commands, id: string, status: Status): Promise<void> {
  const body = { status, ...shownVersion(core, id) }
  return giveForRow(core, commands, {
    about: id,
    changes: [{ kind: 'status', to: status }],
    lane: `${id} status`,
    send: (key) => core.api.call('changeStatus', { params: { id }, body, key }),
  })
}

function changePriority(
  core: Core,
  commands: Commands,
  id: string,
  priority: Priority,
): Promise<void> {
  const body = { priority, ...shownVersion(core, id) }
  return giveForRow(core, commands, {
    about: id,
    changes: [{ kind: 'priority', to: priority }],
    lane: `${id} priority`,
    send: (key) => core.api.call('changePriority', { params: { id }, body, key }),
  })
}

function watch(core: Core, commands: Commands, id: string, person: PersonRef): Promise<void> {
  return giveForRow(core, commands, {
    about: id,
    changes: [{ kind: 'watchers', add: person }],
    lane: `${id} watchers`,
    send: (key) => core.api.call('watch', { params: { id, userId: person.id }, key }),
  })
}

function unwatch(core: Core, commands: Commands, id: string, personId: string): Promise<void> {
  return giveForRow(core, commands, {
    about: id,
    changes: [{ kind: 'watchers', remove: personId }],
    lane: `${id} watchers`,
    send: (key) => core.api.call('unwatch', { params: { id, userId: personId }, key }),
  })
}

function addComment(core: Core, commands: Commands, id: string, input: NewComment): Promise<void> {
  const { seenVersion, attachmentIds, ...comment } = input
  const at = new Date(core.environment.now()).toISOString()
  const body = {
    ...comment,
    attachmentIds: [...attachmentIds],
    ...(seenVersion !== undefined && { seenVersion }),
  }
  return giveForRow(core, commands, {
    // Made once per draft: whatever is sent twice exists once.
    key: comment.id,
    about: id,
    changes: [{ kind: 'comment', comment: { ...comment, attachmentIds, at } }],
    lane: `${id} comments`,
    send: (key) => core.api.call('addComment', { params: { id }, body, key }),
    settled: confirmedComment,
  })
}

function confirmedComment({ comment, seq }: Reply<'addComment'>): Change[] {
  const item = {
    kind: 'comment',
    seq,
    at: comment.createdAt,
    actor: comment.author,
    comment,
  } as const
  return [{ kind: 'confirmedComment', item }]
}

function editComment(
  core: Core,
  commands: Commands,
  ticketId: string,
  commentId: string,
  body: string,
): Promise<void> {
  return giveForRow(core, commands, {
    about: ticketId,
    changes: [{ kind: 'commentEdited', commentId, body }],
    lane: `comment ${commentId}`,
    send: (key) => core.api.call('editComment', { params: { id: commentId }, body: { body }, key }),
  })
}

function deleteComment(
  core: Core,
  commands: Commands,
  ticketId: string,
  commentId: string,
): Promise<void> {
  const at = new Date(core.environment.now()).toISOString()
  return giveForRow(core, commands, {
    about: ticketId,
    changes: [{ kind: 'commentDeleted', commentId, at }],
    lane: `comment ${commentId}`,
    send: (key) => core.api.call('deleteComment', { params: { id: commentId }, key }),
  })
}

async function attach(
  core: Core,
  commands: Commands,
  ticketId: string,
  file: Blob & { name?: string },
  options: AttachOptions,
): Promise<Attachment> {
  let told: Attachment | undefined
  const reply = await commands.give<Reply<'attach'>>({
    about: ticketId,
    changes: [],
    send: (key) => upload(core, { ticketId, file, options, key }),
    settled: ({ attachment }) => (options.draft ? [] : [{ kind: 'attachmentAdded', attachment }]),
    isToldBy: (event) => {
      if (event.name === 'ticket:attachmentAdded') told = event.data.attachment
      return told !== undefined
    },
  })
  const attachment = reply?.attachment ?? told
  if (attachment === undefined) throw new Error('an upload ends with its reply or its event')
  return attachment
}

async function deleteAttachment(
  core: Core,
  commands: Commands,
  about: string,
  attachmentId: string,
): Promise<void> {
  await commands.give({
    about,
    changes: [{ kind: 'attachmentDeleted', attachmentId }],
    send: (key) => core.api.call('deleteAttachment', { params: { id: attachmentId }, key }),
  })
}

async function markSeen(core: Core, commands: Commands, id: string): Promise<void> {
  const seq = versionToSee(core, id)
  const isMarked = commands
    .of(id)
    .some(({ changes }) => changes.some((change) => change.kind === 'seen' && change.to >= seq))
  if (isMarked || seenOf(core.store, id) >= seq) return
  await commands.give<Reply<'markSeen'>>({
    about: id,
    changes: [{ kind: 'seen', to: seq }],
    lane: `${id} seen`,
    send: (key) => core.api.call('markSeen', { params: { id }, body: { seq }, key }),
    learn: ({ seen }) => {
      const known = core.store.known.get(id)
      if (known !== undefined && known.seen < seen) core.store.known.set(id, { ...known, seen })
    },
  })
}

/** What is on the screen: the history if it is open, else the row. */
function versionToSee({ store }: Core, id: string): number {
  const open = [...store.tickets.values()].find(
    (part) => part.value !== undefined && isOfTicket(store, part, id),
  )
  return open?.value?.ticket.version ?? store.known.get(id)?.row?.version ?? 0
}

async function editMe(core: Core, commands: Commands, edit: Body<'editMe'>): Promise<void> {
  // Name and settings have an event each; the settings' comes last.
  const last: DeskEvent['name'] =
    edit.settings === undefined ? 'person:changed' : 'person:settingsChanged'
  await commands.give<Reply<'editMe'>>({
    about: 'me',
    changes: [{ kind: 'me', edit }],
    lane: 'me',
    send: (key) => core.api.call('editMe', { body: edit, key }),
    learn: (reply, later) => {
      if (!isOlder(core.store.me, reply)) takeMe(core.store, reply, later)
    },
    isToldBy: ({ name }) => name === last,
  })
}

/** What a choice from a list of values was based on: the server refuses it if someone else chose meanwhile. */
function shownVersion({ store }: Core, id: string): { version?: number } {
  const version = store.known.get(id)?.row?.version
  return version === undefined ? {} : { version }
}
