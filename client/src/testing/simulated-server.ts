import {
  activeStatuses,
  defaultSettings,
  editedSettings,
  columnFields,
  filterFields,
  initialFields,
  isStaff,
  matchesFilter,
  matchesNotificationFilter,
  pick,
  plainFields,
  replyReopens,
  rowFields,
  viewNames,
  views,
} from '@deskbell/contract'
import type {
  Account,
  ActorRef,
  Attachment,
  Changes,
  ColumnField,
  Comment,
  Counters,
  DeskSettings,
  DeskSettingsEdit,
  EventData,
  EventName,
  FilterField,
  Me,
  Notification,
  NotificationFilter,
  NotificationReason,
  PersonRef,
  PlainField,
  Position,
  Priority,
  Role,
  Sort,
  Status,
  Tag,
  TagMode,
  Body,
  Ticket,
  TicketFields,
  TicketFilter,
  TicketItem,
  TicketRow,
  TimelineItem,
} from '@deskbell/contract'
import { compareSortPositions, sortPositionOf } from '../cache/sort-position.ts'
import { isEqual } from '../same.ts'
import * as inbox from './simulated-inbox.ts'
import type { SimulatedInbox } from './simulated-inbox.ts'
import type { LoggedEvent, Reader } from './simulated-log.ts'

export interface SimulatedPerson extends PersonRef {
  role: Role
  theme: 'auto' | 'light' | 'dark'
}

interface Line {
  seq: number
  at: string
  /** Null: the system. */
  actorId: string | null
  isInternal: boolean
  item: { kind: string; [entry: string]: unknown }
}

export interface SimulatedTicket extends Pick<TicketFields, ColumnField> {
  id: string
  number: number
  creatorId: string
  assigneeId: string | undefined
  watcherIds: string[]
  tags: string[]
  comments: Comment[]
  attachments: Attachment[]
  lines: Line[]
  createdAt: string
  people: { version: number; updatedAt: string }
  staff: { version: number; updatedAt: string }
  /** Number of the event with which its creator or another requester last wrote, and who of the staff looked since. */
  asked: number
  eyes: Set<string>
  /** Whether somebody had looked after its last event. */
  wasLooked: boolean
}

interface State {
  people: SimulatedPerson[]
  tickets: SimulatedTicket[]
  tags: Tag[]
  /** By person and ticket. */
  seen: Map<string, number>
  settings: DeskSettings
  inbox: SimulatedInbox
  log: LoggedEvent[]
  start: Position
  made: number
  /** Idempotency-Keys of what was done. */
  done: Set<string>
}

type Concerns = readonly (readonly [NotificationReason, readonly string[]])[]

interface Append<N extends EventName = EventName> {
  name: N
  ticket?: SimulatedTicket
  audience: LoggedEvent['audience']
  people?: readonly string[]
  /** Whom it concerns, by the reason: the strongest first. */
  concerns?: Concerns
  data: object
  isInternal?: boolean
  line?: Line['item']
}

const epoch = Date.parse('2026-11-22T08:00:00.000Z')

/** A help desk in memory that keeps the rules of the log, for tests which need every interleaving. */
export class SimulatedServer {
  #state: State
  #tags = 0
  /** Called after every change with its events. */
  onEvents: (events: readonly LoggedEvent[]) => void = () => undefined

  constructor(people: SimulatedPerson[]) {
    this.#state = {
      people,
      tickets: [],
      tags: [],
      seen: new Map(),
      settings: defaultSettings,
      inbox: { rows: [], doneUpTo: new Map() },
      log: [],
      start: { seq: 0, tag: this.#tag() },
      made: 0,
      done: new Set(),
    }
  }

  get people(): readonly SimulatedPerson[] {
    return this.#state.people
  }

  get tickets(): readonly SimulatedTicket[] {
    return this.#state.tickets
  }

  get head(): Position {
    const { log, start } = this.#state
    const last = log.at(-1) ?? start
    return { seq: last.seq, tag: last.tag }
  }

  /** A backup, or everything back as it was when one was made. What happens then bears other tags. */
  backup(): () => void {
    const copy = structuredClone(this.#state)
    return () => {
      this.#state = structuredClone(copy)
    }
  }

  /** False: done before. */
  claim(key: string): boolean {
    const isNew = !this.#state.done.has(key)
    this.#state.done.add(key)
    return isNew
  }

  eventsAfter(seq: number): LoggedEvent[] {
    return this.#state.log.filter((event) => event.seq > seq)
  }

  hasPosition({ seq, tag }: Position): boolean {
    const { log, start } = this.#state
    return [start, ...log].some((position) => position.seq === seq && position.tag === tag)
  }

  newId(): string {
    this.#state.made += 1
    return `01980000-0000-7000-8000-${String(this.#state.made).padStart(12, '0')}`
  }

  ref(id: string): PersonRef {
    const { name, staff, active, color } = this.#person(id)
    return { id, name, staff, active, color }
  }

  readerOf(id: string): Reader {
    return { id, role: this.#person(id).role }
  }

  me(id: string): Me {
    const { name, role, color, theme } = this.#person(id)
    return {
      id,
      name,
      email: `${id}@example.org`,
      role,
      color,
      settings: { theme, autoAdvance: true, receipts: true },
      createdAt: at(0),
    }
  }

  mayAccess(reader: Reader, ticket: SimulatedTicket): boolean {
    return (
      isStaff(reader.role) ||
      ticket.creatorId === reader.id ||
      ticket.watcherIds.includes(reader.id)
    )
  }

  visible(reader: Reader): SimulatedTicket[] {
    return this.#state.tickets.filter((ticket) => this.mayAccess(reader, ticket))
  }

  // Reads, as the routes answer them.

  readList(reader: Reader, query: Record<string, string>, pageSize: number) {
    const sort = (query['sort'] ?? '-updated') as Sort
    const wanted = (name: FilterField) =>
      name === 'assignee' ? query[name] : query[name]?.split(',')
    const filter: TicketFilter = {
      ...Object.fromEntries(filterFields.map((name) => [name, wanted(name)])),
      creator: query['creator'],
      tag: query['tag']?.split(','),
      tagMode: query['tagMode'] as TagMode | undefined,
      eyes: query['eyes'] as 'none' | undefined,
    }
    const after = query['after'] === undefined ? undefined : JSON.parse(query['after'])
    const isIn = (within: TicketFilter) => (item: TicketItem) =>
      matchesFilter(within, item, reader.id, (id) => this.#tagTarget(id))
    const all = this.visible(reader)
      .map((ticket) => this.#item(ticket, reader))
      .filter(isIn({ ...filter, tag: undefined }))
      .filter((item) => item.title.includes(query['q'] ?? ''))
      .filter(
        (item) =>
          after === undefined || compareSortPositions(sort, sortPositionOf(sort, item), after) > 0,
      )
      .sort((a, b) => compareSortPositions(sort, sortPositionOf(sort, a), sortPositionOf(sort, b)))
    // The page of a list by tags ends after so many tickets, however few have the tags.
    const passed = all.slice(0, Math.min(Number(query['limit']), pageSize))
    const last = all.length > passed.length ? passed.at(-1) : undefined
    const end = last === undefined ? null : sortPositionOf(sort, last)
    const next = end === null ? null : JSON.stringify(end)
    return { ...this.head, items: passed.filter(isIn(filter)), next, end }
  }

  readNotifications(reader: Reader, query: Record<string, string>, pageSize: number) {
    const filter = query['filter'] as NotificationFilter | undefined
    const all = inbox.notifications(this.#state.inbox, reader.id, filter)
    const rest =
      query['after'] === undefined ? all : all.filter((one) => isAfter(one, query['after'] ?? ''))
    const page = rest.slice(0, Math.min(Number(query['limit']), pageSize))
    const last = page.at(-1)
    return {
      ...this.head,
      items: page.map((one) => ({ ...one, ticket: this.#rowById(one.ticketId, reader) })),
      next: rest.length > page.length && last !== undefined ? placeOf(last) : null,
      doneUpTo: this.readDoneUpTo(reader).doneUpTo,
    }
  }

  readNotificationCount(reader: Reader, most: number) {
    const all = inbox.notifications(this.#state.inbox, reader.id, undefined)
    const counted = all
      .filter(({ unread, snoozedUntil }) => unread.length > 0 || snoozedUntil !== null)
      .sort((a, b) => b.seq - a.seq)
    return {
      ...this.readDoneUpTo(reader),
      count: all.filter((one) => matchesNotificationFilter('unread', one)).length,
      notifications: counted
        .slice(0, most)
        .map(({ ticketId, unread, snoozedUntil }) => ({ ticketId, unread, snoozedUntil })),
      more: counted.length > most,
    }
  }

  readDoneUpTo({ id }: Reader) {
    return { ...this.head, doneUpTo: this.#state.inbox.doneUpTo.get(id) ?? 0 }
  }

  readNotification({ id }: Reader, ticketId: string) {
    return { ...this.head, notification: inbox.notification(this.#state.inbox, id, ticketId) }
  }

  readSettings() {
    return { ...this.head, settings: this.#state.settings }
  }

  readCounters(reader: Reader) {
    const rows = this.visible(reader).map((ticket) => this.#row(ticket, reader))
    const counters = Object.fromEntries(
      viewNames.map((name) => [
        name,
        rows.filter((row) => matchesFilter(views[name], row, reader.id)).length,
      ]),
    ) as Counters
    return { ...this.head, counters }
  }

  readTicket(reader: Reader, ref: string, pageSize: number) {
    const ticket = this.#ticketOf(reader, ref)
    if (ticket === undefined) return undefined
    const { items: timeline, attachments, earlier } = this.#page(reader, ticket, { pageSize })
    return {
      ...this.head,
      ticket: { ...this.#full(ticket, reader), seen: this.seen(reader.id, ticket.id) },
      timeline,
      attachments,
      earlier,
      seenBy: [],
      eyes: { lastAt: null },
    }
  }

  readTimeline(reader: Reader, ref: string, query: Record<string, string>, pageSize: number) {
    const ticket = this.#ticketOf(reader, ref)
    if (ticket === undefined) return undefined
    const { before, after, around = '', limit } = query
    const size = Math.min(Number(limit ?? pageSize), pageSize)
    const page: { before?: number; after?: number; around?: number } =
      before !== undefined
        ? { before: Number(before) }
        : after !== undefined
          ? { after: Number(after) }
          : { around: this.#seqOf(ticket, around) + 1 }
    if (Number.isNaN(page.around)) return undefined
    return { ...this.head, ...this.#page(reader, ticket, { ...page, pageSize: size }) }
  }

  readFiles(reader: Reader, ref: string, after: string | undefined, pageSize: number) {
    const ticket = this.#ticketOf(reader, ref)
    if (ticket === undefined) return undefined
    const found = this.#files(reader, ticket)
      .toReversed()
      .filter(({ id }) => after === undefined || id < after)
    const items = found.slice(0, pageSize)
    return { ...this.head, items, next: found.length > pageSize ? items.at(-1)?.id : null }
  }

  readItem(reader: Reader, id: string) {
    const ticket = this.visible(reader).find((one) => one.id === id)
    return { ...this.head, ticket: ticket === undefined ? null : this.#item(ticket, reader) }
  }

  readPeople() {
    const people: Account[] = this.#state.people.map(({ id, name, role, color, active }) => ({
      id,
      name,
      email: `${id}@example.org`,
      role,
      color,
      active,
      pending: false,
      linkExpiresAt: null,
      createdAt: at(0),
    }))
    return { ...this.head, people }
  }

  get tags(): readonly Tag[] {
    return this.#state.tags
  }

  readTags(reader: Reader) {
    const { tags } = this.#state
    if (isStaff(reader.role)) return { ...this.head, tags }
    const open = tags.filter((tag) => !tag.internal)
    return { ...this.head, tags: open.map(({ used: _used, ...tag }) => tag) }
  }

  #tagTarget(id: string): string {
    return this.#state.tags.find((tag) => tag.id === id)?.mergedInto ?? id
  }

  #tagById(id: string): Tag {
    const tag = this.#state.tags.find((one) => one.id === id)
    if (tag === undefined) throw new Error('no such tag')
    return tag
  }

  seen(personId: string, ticketId: string): number {
    return this.#state.seen.get(`${personId} ${ticketId}`) ?? 0
  }

  // Changes.

  create(
    actorId: string,
    input: { id?: string; title: string; priority?: Priority },
    commandId?: string,
  ): string {
    const number = this.#state.tickets.length + 1
    const createdAt = at(this.head.seq)
    const nothing = { version: 0, updatedAt: createdAt }
    const ticket: SimulatedTicket = {
      id: input.id ?? this.newId(),
      number,
      ...pick(initialFields, columnFields),
      title: input.title,
      priority: input.priority ?? initialFields.priority,
      creatorId: actorId,
      assigneeId: undefined,
      watcherIds: [],
      tags: [],
      comments: [],
      attachments: [],
      lines: [],
      createdAt,
      people: { ...nothing },
      staff: { ...nothing },
      asked: 0,
      eyes: new Set(),
      wasLooked: true,
    }
    this.#state.tickets.push(ticket)
    const line = { kind: 'created' }
    const concerns: Concerns = ticket.priority === 'urgent' ? [['urgent', this.#staff()]] : []
    this.#append(actorId, commandId, [
      { name: 'ticket:created', ticket, audience: 'participants', data: {}, line, concerns },
    ])
    return ticket.id
  }

  edit(
    actorId: string,
    id: string,
    {
      assigneeId,
      ...edit
    }: Partial<Pick<TicketFields, PlainField>> & { assigneeId?: string | null },
    commandId?: string,
  ): void {
    this.#change(id, (ticket, before) => {
      const written = plainFields.filter((name) => edit[name] !== undefined)
      const changes: Changes = Object.fromEntries(
        written.map((name) => [name, { old: ticket[name], new: edit[name] }]),
      )
      Object.assign(ticket, edit)
      if (assigneeId !== undefined) {
        changes.assignee = {
          old: this.#refOrNull(ticket.assigneeId),
          new: this.#refOrNull(assigneeId),
        }
        ticket.assigneeId = assigneeId ?? undefined
      }
      this.#append(actorId, commandId, [this.#updated(ticket, before, changes, actorId)])
    })
  }

  changeStatus(actorId: string, id: string, to: Status, commandId?: string): void {
    this.#change(id, (ticket, before) => {
      if (ticket.status === to) return
      this.#append(actorId, commandId, [this.#moved(ticket, before, to)])
    })
  }

  /** The system closes a ticket. */
  close(id: string): void {
    this.#change(id, (ticket, before) => {
      if (ticket.status === 'resolved')
        this.#append(null, undefined, [{ ...this.#moved(ticket, before, 'closed'), concerns: [] }])
    })
  }

  changePriority(actorId: string, id: string, to: Priority, commandId?: string): void {
    this.#change(id, (ticket, before) => {
      const old = ticket.priority
      if (old === to) return
      ticket.priority = to
      const data = { before, oldPriority: old, newPriority: to }
      const line = { kind: 'priority', old, new: to }
      const bell = { number: ticket.number, oldPriority: old, newPriority: to }
      this.#append(actorId, commandId, [
        {
          name: 'ticket:priorityChanged',
          ticket,
          audience: 'participants',
          data,
          line,
          concerns: [
            ...(to === 'urgent' ? [['urgent', this.#staff()] as const] : []),
            [to === 'urgent' ? 'urgent' : 'watched', this.#involved(ticket)],
          ] as Concerns,
        },
        ...(to === 'urgent'
          ? [
              {
                name: 'ticket:urgent',
                audience: 'others',
                people: participants(ticket),
                data: bell,
              } as const,
            ]
          : []),
      ])
    })
  }

  comment(
    actorId: string,
    id: string,
    input: { id?: string; body: string; internal: boolean; files?: number },
    commandId?: string,
  ): Comment {
    const comment: Comment = {
      id: input.id ?? this.newId(),
      author: this.ref(actorId),
      body: input.body,
      internal: input.internal,
      createdAt: at(this.head.seq),
      editedAt: null,
      editedBy: null,
      deletedAt: null,
    }
    this.#change(id, (ticket, before) => {
      ticket.comments.push(comment)
      const audience = input.internal ? 'staff' : 'participants'
      const line = { kind: 'comment', commentId: comment.id }
      const events: Append[] = [
        {
          name: 'ticket:commentAdded',
          ticket,
          audience,
          data: { before, comment: this.#told(comment) },
          isInternal: input.internal,
          line,
          concerns: [['reply', this.#involved(ticket)]],
        },
      ]
      const files = Array.from({ length: input.files ?? 0 }, () =>
        this.#file(actorId, comment.id, input.internal),
      )
      for (const file of files) {
        const data = { before, attachment: { ...file }, uploadedBy: this.ref(actorId) }
        events.push({
          name: 'ticket:attachmentAdded',
          ticket,
          audience,
          data,
          isInternal: input.internal,
        })
      }
      ticket.attachments.push(...files)
      this.#append(actorId, commandId, events)
      const { role } = this.readerOf(actorId)
      const relationship = {
        creator: ticket.creatorId === actorId,
        watcher: ticket.watcherIds.includes(actorId),
      }
      const reopens = !input.internal && replyReopens({ role }, relationship, ticket.status)
      if (reopens) this.#append(actorId, commandId, [this.#moved(ticket, before, 'open')])
    })
    return comment
  }

  editComment(
    actorId: string,
    id: string,
    commentId: string,
    body: string,
    commandId?: string,
  ): Comment | undefined {
    return this.#changeComment(id, commentId, (ticket, comment, before) => {
      comment.body = body
      comment.editedAt = at(this.head.seq)
      comment.editedBy = actorId === comment.author.id ? null : this.ref(actorId)
      const audience = comment.internal ? 'staff' : 'participants'
      const data = { before, comment: this.#told(comment) }
      this.#append(actorId, commandId, [
        { name: 'ticket:commentEdited', ticket, audience, data, isInternal: comment.internal },
      ])
    })
  }

  deleteComment(
    actorId: string,
    id: string,
    commentId: string,
    commandId?: string,
  ): Comment | undefined {
    return this.#changeComment(id, commentId, (ticket, comment, before) => {
      comment.body = ''
      comment.deletedAt = at(this.head.seq)
      const audience = comment.internal ? 'staff' : 'participants'
      const gone = ticket.attachments.filter((file) => file.commentId === commentId)
      ticket.attachments = ticket.attachments.filter((file) => file.commentId !== commentId)
      const data = { before, comment: this.#told(comment) }
      this.#append(actorId, commandId, [
        { name: 'ticket:commentDeleted', ticket, audience, data, isInternal: comment.internal },
        ...gone.map((file) => this.#detached(actorId, ticket, file)),
      ])
    })
  }

  attach(actorId: string, id: string, internal: boolean, commandId?: string): Attachment {
    const file = this.#file(actorId, null, internal)
    this.#change(id, (ticket, before) => {
      ticket.attachments.push(file)
      const { id: attachmentId, commentId, name } = file
      const line = { kind: 'attachmentAdded', attachmentId, commentId, name, internal }
      const data = { before, attachment: { ...file }, uploadedBy: this.ref(actorId) }
      const audience = internal ? 'staff' : 'participants'
      this.#append(actorId, commandId, [
        {
          name: 'ticket:attachmentAdded',
          ticket,
          audience,
          data,
          isInternal: internal,
          line,
          concerns: [['watched', this.#involved(ticket)]],
        },
      ])
    })
    return file
  }

  detach(actorId: string, fileId: string, commandId?: string): void {
    const ticket = this.#state.tickets.find(({ attachments }) =>
      attachments.some((file) => file.id === fileId),
    )
    const file = ticket?.attachments.find((one) => one.id === fileId)
    if (ticket === undefined || file === undefined) return
    ticket.attachments = ticket.attachments.filter((one) => one !== file)
    this.#append(actorId, commandId, [this.#detached(actorId, ticket, file)])
  }

  /** Makes a tag, or changes it. */
  saveTag(actorId: string, tag: Tag, commandId?: string): void {
    const others = this.#state.tags.filter(({ id }) => id !== tag.id)
    const into = tag.mergedInto
    this.#state.tags = [
      ...others.map((one) =>
        into !== null && one.mergedInto === tag.id ? { ...one, mergedInto: into } : one,
      ),
      tag,
    ]
    this.#append(actorId, commandId, [this.#tagChanged({ tag })])
    if (into !== null) this.#markUsed(actorId, commandId, [into])
  }

  /** An edit that changes nothing has no event. */
  editTag(actorId: string, tag: Tag, edit: Partial<Tag>, commandId?: string): void {
    const edited = { ...tag, ...edit }
    if (!isEqual(tag, edited)) this.saveTag(actorId, edited, commandId)
  }

  /** Deletes a tag that was never used, and archives any other. */
  deleteTag(actorId: string, id: string, commandId?: string): void {
    const tag = this.#tagById(id)
    if (tag.used) return this.saveTag(actorId, { ...tag, archived: true }, commandId)
    this.#state.tags = this.#state.tags.filter((one) => one !== tag)
    this.#append(actorId, commandId, [this.#tagChanged({ tag, deleted: true })])
  }

  #markUsed(actorId: string, commandId: string | undefined, ids: readonly string[]): void {
    for (const tag of this.#state.tags) {
      if (tag.used || !ids.includes(tag.id)) continue
      const used = { ...tag, used: true }
      this.#state.tags = this.#state.tags.map((one) => (one === tag ? used : one))
      const changed = this.#tagChanged({ tag: used })
      this.#append(actorId, commandId, [{ ...changed, audience: 'staff', people: [] }])
    }
  }

  #tagChanged(data: EventData<'tag:changed'>): Append {
    const { internal } = data.tag
    const people = internal ? [] : this.#state.people.map(({ id }) => id)
    return { name: 'tag:changed', audience: internal ? 'staff' : 'people', people, data }
  }

  setTags(
    actorId: string,
    id: string,
    { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
    commandId?: string,
  ): void {
    this.#change(id, (ticket, before) => {
      const standsFor = (tagId: string) => this.#tagTarget(tagId)
      const gone = new Set(remove.map(standsFor))
      const removed = ticket.tags.filter((tagId) => gone.has(standsFor(tagId)))
      const kept = ticket.tags.filter((tagId) => !removed.includes(tagId))
      const had = new Set(kept.map(standsFor))
      const added = add.map(standsFor).filter((tagId) => !had.has(tagId))
      for (const isInternal of [false, true]) {
        const isOfKind = (tagId: string) => this.#tagById(tagId).internal === isInternal
        const tags = { added: added.filter(isOfKind), removed: removed.filter(isOfKind) }
        if (tags.added.length + tags.removed.length === 0) continue
        ticket.tags = [
          ...ticket.tags.filter((tagId) => !tags.removed.includes(tagId)),
          ...tags.added,
        ]
        const audience = isInternal ? 'staff' : 'participants'
        const updated = this.#updated(ticket, before, { tags }, actorId)
        this.#append(actorId, commandId, [{ ...updated, audience, isInternal }])
      }
      this.#markUsed(actorId, commandId, added)
    })
  }

  watch(actorId: string, id: string, personId: string, commandId?: string): void {
    this.#change(id, (ticket, before) => {
      if (ticket.watcherIds.includes(personId)) return
      const gains = !this.mayAccess(this.readerOf(personId), ticket)
      const old = this.#watchers(ticket)
      ticket.watcherIds = [...ticket.watcherIds, personId].sort()
      const updated = this.#updated(
        ticket,
        before,
        { watchers: { old, new: this.#watchers(ticket) } },
        actorId,
      )
      const concerns: Concerns = [['access', [personId]]]
      const people = participants(ticket).filter((one) => !gains || one !== personId)
      this.#append(actorId, commandId, [
        { ...updated, people, concerns: gains ? [] : concerns },
        ...(gains
          ? [
              {
                name: 'access:gained',
                audience: 'people',
                people: [personId],
                data: { ticketId: id },
                concerns,
              } as const,
            ]
          : []),
      ])
    })
  }

  unwatch(actorId: string, id: string, personId: string, commandId?: string): void {
    this.#change(id, (ticket, before) => {
      if (!ticket.watcherIds.includes(personId)) return
      const old = this.#watchers(ticket)
      ticket.watcherIds = ticket.watcherIds.filter((one) => one !== personId)
      const loses = !this.mayAccess(this.readerOf(personId), ticket)
      if (loses) inbox.forget(this.#state.inbox, personId, id)
      this.#append(actorId, commandId, [
        this.#updated(ticket, before, { watchers: { old, new: this.#watchers(ticket) } }, actorId),
        ...(loses
          ? [
              {
                name: 'access:lost',
                audience: 'people',
                people: [personId],
                data: { ticketId: id, before },
              } as const,
            ]
          : []),
      ])
    })
  }

  markSeen(personId: string, id: string, upTo: number, commandId?: string): void {
    this.#change(id, (ticket) => {
      const { version } = this.#row(ticket, this.readerOf(personId))
      const last = inbox.notification(this.#state.inbox, personId, id)?.seq ?? 0
      const seen = upTo >= version ? Math.max(version, last) : upTo
      const reads = inbox.read(this.#state.inbox, personId, id, seen)
      if (seen <= this.seen(personId, id)) {
        if (reads) this.#notificationChanged(personId, personId, id, commandId)
        return
      }
      this.#state.seen.set(`${personId} ${id}`, seen)
      this.#append(personId, commandId, [
        {
          name: 'ticket:seen',
          audience: 'people',
          people: [personId],
          data: { ticketId: id, seen },
        },
      ])
      if (!this.#counts(personId, ticket) || seen < ticket.asked) return
      const isFirst = !looked(ticket)
      ticket.eyes.add(personId)
      ticket.wasLooked = true
      if (!isFirst) return
      this.#append(undefined, undefined, [
        { name: 'ticket:looked', audience: 'staff', people: [], data: { ticketId: id, eyes: 1 } },
      ])
    })
  }

  editNotification(
    personId: string,
    ticketId: string,
    edit: Body<'editNotification'>,
    commandId?: string,
  ): void {
    const seq = this.head.seq + 1
    if (inbox.edit(this.#state.inbox, personId, ticketId, edit, seq))
      this.#notificationChanged(personId, personId, ticketId, commandId)
  }

  /** The time of a snooze has come. */
  endSnooze(personId: string, ticketId: string): void {
    if (inbox.wake(this.#state.inbox, personId, ticketId, this.head.seq + 1))
      this.#notificationChanged(null, personId, ticketId)
  }

  finishNotifications(personId: string, upTo: number, commandId?: string): void {
    const { doneUpTo } = this.#state.inbox
    const was = doneUpTo.get(personId) ?? 0
    if (upTo === was) return
    doneUpTo.set(personId, Math.min(upTo, this.head.seq))
    const data = { doneUpTo: Math.min(upTo, this.head.seq), was }
    this.#append(personId, commandId, [
      { name: 'notification:changed', audience: 'people', people: [personId], data },
    ])
  }

  #notificationChanged(
    actorId: string | null,
    personId: string,
    ticketId: string,
    commandId?: string,
  ): void {
    const { notification } = this.readNotification(this.readerOf(personId), ticketId)
    const data = { ticketId, notification }
    this.#append(actorId, commandId, [
      { name: 'notification:changed', audience: 'people', people: [personId], data },
    ])
  }

  editMe(
    personId: string,
    edit: { name?: string; theme?: SimulatedPerson['theme'] },
    commandId?: string,
  ): void {
    const person = this.#person(personId)
    const wasAssignable = person.staff && person.active
    const events: Append[] = []
    if (edit.name !== undefined && edit.name !== person.name) {
      person.name = edit.name
      events.push(...this.#personChanged(person, wasAssignable))
    }
    if (edit.theme !== undefined && edit.theme !== person.theme) {
      person.theme = edit.theme
      events.push({
        name: 'person:settingsChanged',
        audience: 'people',
        people: [personId],
        data: { settings: { theme: edit.theme, autoAdvance: true, receipts: true } },
      })
    }
    if (events.length > 0) this.#append(personId, commandId, events)
  }

  editSettings(actorId: string, edit: DeskSettingsEdit, commandId?: string): void {
    const settings = editedSettings(this.#state.settings, edit)
    if (settings.closeAfterDays === this.#state.settings.closeAfterDays) return
    this.#state.settings = settings
    this.#append(actorId, commandId, [
      { name: 'settings:changed', audience: 'super_admins', people: [], data: { settings } },
    ])
  }

  setActive(actorId: string, personId: string, active: boolean): void {
    const person = this.#person(personId)
    if (person.active === active) return
    const wasAssignable = person.staff && person.active
    person.active = active
    this.#append(actorId, undefined, this.#personChanged(person, wasAssignable))
  }

  // The rest.

  /** `actorId`: null for the system, undefined for nobody. */
  #append(
    actorId: string | null | undefined,
    commandId: string | undefined,
    events: readonly Append[],
  ): void {
    const appended = events.map((event) => this.#appendOne(actorId, commandId, event))
    this.onEvents(appended)
  }

  #appendOne(
    actorId: string | null | undefined,
    commandId: string | undefined,
    event: Append,
  ): LoggedEvent {
    const { ticket, line } = event
    const seq = this.head.seq + 1
    const wasLooked = ticket?.wasLooked ?? true
    if (ticket !== undefined && actorId !== undefined) this.#touch(ticket, seq, event, actorId)
    if (ticket !== undefined && actorId !== undefined && line !== undefined) {
      ticket.lines.push({
        seq,
        at: at(seq),
        actorId,
        isInternal: event.isInternal ?? false,
        item: line,
      })
    }
    const isNew = event.name === 'ticket:created'
    const row = (reader: Reader) =>
      ticket && (isNew ? this.#full(ticket, reader) : this.#row(ticket, reader))
    const forPeople = row({ id: '', role: 'sales' })
    const forStaff = row({ id: '', role: 'admin' })
    const logged: LoggedEvent = {
      seq,
      tag: this.#tag(),
      name: event.name,
      at: at(seq),
      actor: actorId === undefined ? null : this.#actor(actorId),
      commandId,
      ticketId: ticket?.id,
      audience: event.audience,
      people: event.people ?? (ticket === undefined ? [] : participants(ticket)),
      data: structuredClone({ ...(ticket && { ticketId: ticket.id }), ...event.data }),
      notified: this.#notify(event, actorId, seq),
      rows: forPeople &&
        forStaff && { people: structuredClone(forPeople), staff: structuredClone(forStaff) },
      wasLooked,
    }
    this.#state.log.push(logged)
    return logged
  }

  #notify(
    { ticket, data, isInternal, concerns = [] }: Append,
    actorId: string | null | undefined,
    seq: number,
  ) {
    const id = ticket?.id ?? ('ticketId' in data ? String(data.ticketId) : undefined)
    const found = this.#state.tickets.find((one) => one.id === id)
    if (id === undefined || found === undefined) return {}
    const reasons = new Map<string, NotificationReason>()
    for (const [reason, people] of concerns) {
      for (const personId of people) {
        const { active, staff } = this.#person(personId)
        const sees = staff || (!isInternal && this.mayAccess(this.readerOf(personId), found))
        if (active && sees && personId !== actorId && !reasons.has(personId))
          reasons.set(personId, reason)
      }
    }
    return inbox.notify(this.#state.inbox, id, reasons, { seq, at: at(seq) })
  }

  /** Who raised the ticket, is assigned to it or watches it. */
  #involved(ticket: SimulatedTicket): string[] {
    const { assigneeId } = ticket
    return [...participants(ticket), ...(assigneeId === undefined ? [] : [assigneeId])]
  }

  #staff(): string[] {
    return this.#state.people.flatMap(({ id, staff }) => (staff ? [id] : []))
  }

  #rowById(ticketId: string, reader: Reader): TicketRow | undefined {
    const ticket = this.#state.tickets.find(({ id }) => id === ticketId)
    return ticket && this.#row(ticket, reader)
  }

  /**
   * What append_events does beside the event: versions, times, and that acting keeps seen what was. After what the system
   * does, everyone has seen what they had seen.
   */
  #touch(
    ticket: SimulatedTicket,
    seq: number,
    { name, isInternal = false }: Append,
    actorId: string | null,
  ): void {
    const acts = actorId !== null && this.#counts(actorId, ticket)
    const writes = name === 'ticket:created' || name === 'ticket:commentAdded'
    if (acts) ticket.eyes.add(actorId)
    else if (writes && !isInternal) {
      ticket.asked = seq
      ticket.eyes = new Set()
    }
    ticket.wasLooked = looked(ticket)
    const keeping = actorId === null ? this.#state.people.map(({ id }) => id) : [actorId]
    for (const id of keeping) {
      const { version } = this.#row(ticket, this.readerOf(id))
      if (this.seen(id, ticket.id) >= version) this.#state.seen.set(`${id} ${ticket.id}`, seq)
    }
    ticket.staff = { version: seq, updatedAt: at(seq) }
    if (!isInternal) ticket.people = { version: seq, updatedAt: at(seq) }
  }

  /** Whether looks of this person count: they are staff, and did not raise the ticket. */
  #counts(personId: string, ticket: SimulatedTicket): boolean {
    return this.#person(personId).staff && ticket.creatorId !== personId
  }

  #change(
    id: string,
    make: (ticket: SimulatedTicket, before: EventData<'access:lost'>['before']) => void,
  ): void {
    const ticket = this.#state.tickets.find((one) => one.id === id)
    if (ticket === undefined) return
    make(ticket, this.#filterFieldsOf(ticket))
  }

  #changeComment(
    id: string,
    commentId: string,
    make: (
      ticket: SimulatedTicket,
      comment: Comment,
      before: EventData<'access:lost'>['before'],
    ) => void,
  ): Comment | undefined {
    let found: Comment | undefined
    this.#change(id, (ticket, before) => {
      found = ticket.comments.find((one) => one.id === commentId && one.deletedAt === null)
      if (found !== undefined) make(ticket, found, before)
    })
    return found
  }

  #moved(ticket: SimulatedTicket, before: object, to: Status): Append {
    const old = ticket.status
    ticket.status = to
    const line = { kind: 'status', old, new: to }
    return {
      name: 'ticket:statusChanged',
      ticket,
      audience: 'participants',
      data: { before, oldStatus: old, newStatus: to },
      line,
      concerns: [['watched', this.#involved(ticket)]],
    }
  }

  #updated(ticket: SimulatedTicket, before: object, changes: Changes, actorId: string): Append {
    const data = { before, changes, updatedBy: this.ref(actorId) }
    return {
      name: 'ticket:updated',
      ticket,
      audience: 'participants',
      data,
      line: { kind: 'updated', changes },
      concerns: [
        ['assigned', changes.assignee?.new ? [changes.assignee.new.id] : []],
        ['watched', changes.watchers === undefined ? this.#involved(ticket) : []],
      ],
    }
  }

  #detached(actorId: string, ticket: SimulatedTicket, file: Attachment): Append {
    const { id: attachmentId, commentId, name, internal } = file
    const before = this.#filterFieldsOf(ticket)
    const line = { kind: 'attachmentDeleted', attachmentId, name, internal }
    return {
      name: 'ticket:attachmentDeleted',
      ticket,
      audience: internal ? 'staff' : 'participants',
      data: { before, attachmentId, commentId, name, internal, deletedBy: this.ref(actorId) },
      isInternal: internal,
      ...(commentId === null && { line }),
    }
  }

  #personChanged(person: SimulatedPerson, wasAssignable: boolean): Append[] {
    const active = this.#state.tickets.filter(
      ({ assigneeId, status }) => assigneeId === person.id && activeStatuses.includes(status),
    )
    const everyone = this.#state.people.map(({ id }) => id)
    const account = this.readPeople().people.find(({ id }) => id === person.id)
    return [
      {
        name: 'person:changed',
        audience: 'participants',
        people: everyone,
        data: { person: this.ref(person.id), assignedActive: active.length, wasAssignable },
      },
      { name: 'person:accountChanged', audience: 'super_admins', people: [], data: { account } },
    ]
  }

  #file(uploaderId: string, commentId: string | null, internal: boolean): Attachment {
    const id = this.newId()
    const uploader = this.ref(uploaderId)
    return {
      id,
      commentId,
      name: `${id}.txt`,
      type: 'text/plain',
      size: 1,
      internal,
      image: false,
      uploader,
      createdAt: at(0),
    }
  }

  #ticketOf(reader: Reader, ref: string): SimulatedTicket | undefined {
    return this.visible(reader).find(({ id, number }) => id === ref || String(number) === ref)
  }

  /** The place of a comment, by its id, or the place that is named; not a number where there is none. */
  #seqOf(ticket: SimulatedTicket, place: string): number {
    if (!place.includes('-')) return Number(place)
    return ticket.lines.find(({ item }) => item['commentId'] === place)?.seq ?? Number.NaN
  }

  /** The newest lines, or those before or from a position, or half of either. */
  #page(
    reader: Reader,
    ticket: SimulatedTicket,
    {
      before,
      after,
      around,
      pageSize,
    }: { before?: number; after?: number; around?: number; pageSize: number },
  ) {
    const lines = ticket.lines.filter((line) => isStaff(reader.role) || !line.isInternal)
    const at = before ?? after ?? around ?? Infinity
    const size = around === undefined ? pageSize : Math.ceil(pageSize / 2)
    const earlier = lines.filter(({ seq }) => seq < at)
    const later = lines.filter(({ seq }) => seq >= at)
    const shown = [
      ...(after === undefined ? earlier.slice(-size) : []),
      ...(before === undefined ? later.slice(0, size) : []),
    ]
    const [first, last] = [shown[0]?.seq ?? at, shown.at(-1)?.seq ?? at - 1]
    const ids = new Set(
      shown.flatMap(({ item }) => [item['commentId'], item['attachmentId']].filter(Boolean)),
    )
    return {
      items: shown.map((line) => this.#timelineItem(ticket, line)),
      attachments: this.#files(reader, ticket).filter(
        ({ id, commentId }) => ids.has(commentId) || ids.has(id),
      ),
      earlier: lines.some(({ seq }) => seq < first) ? String(first) : null,
      later: lines.some(({ seq }) => seq > last) ? String(last + 1) : null,
    }
  }

  #files(reader: Reader, ticket: SimulatedTicket): Attachment[] {
    return ticket.attachments
      .filter(({ internal }) => isStaff(reader.role) || !internal)
      .map((file) => ({ ...file, uploader: this.ref(file.uploader.id) }))
  }

  #row(ticket: SimulatedTicket, reader: Reader): TicketRow {
    const staff = isStaff(reader.role)
    const sees = ({ internal }: { internal: boolean }) => staff || !internal
    const { id, number, createdAt } = ticket
    return {
      id,
      number,
      ...pick(this.#fields(ticket), rowFields),
      creator: this.ref(ticket.creatorId),
      lastAuthor: this.ref(lastAuthorId(ticket)),
      tags: ticket.tags.filter((id) => staff || !this.#tagById(id).internal),
      commentCount: ticket.comments.filter((comment) => sees(comment) && comment.deletedAt === null)
        .length,
      attachmentCount: ticket.attachments.filter(sees).length,
      createdAt,
      ...(staff ? { ...ticket.staff, looked: looked(ticket) } : ticket.people),
    }
  }

  #fields(ticket: SimulatedTicket): TicketFields {
    return { ...pick(ticket, columnFields), assignee: this.#refOrNull(ticket.assigneeId) }
  }

  #filterFieldsOf(ticket: SimulatedTicket) {
    return pick(this.#fields(ticket), filterFields)
  }

  #item(ticket: SimulatedTicket, reader: Reader): TicketItem {
    return { ...this.#row(ticket, reader), seen: this.seen(reader.id, ticket.id) }
  }

  #full(ticket: SimulatedTicket, reader: Reader): Ticket {
    return {
      ...this.#row(ticket, reader),
      ...this.#fields(ticket),
      watchers: this.#watchers(ticket),
    }
  }

  #timelineItem(ticket: SimulatedTicket, line: Line): TimelineItem {
    const { commentId, ...item } = line.item
    const comment = ticket.comments.find(({ id }) => id === commentId)
    const shown =
      line.item.kind === 'comment' && comment
        ? { kind: 'comment', comment: this.#told(comment) }
        : line.item.kind === 'attachmentAdded'
          ? line.item
          : item
    const people = new Map(this.#state.people.map(({ id }) => [id, this.ref(id)]))
    const named = JSON.parse(JSON.stringify(shown), (_, value) => people.get(value?.id) ?? value)
    return { seq: line.seq, at: line.at, actor: this.#actor(line.actorId), ...named }
  }

  #told(comment: Comment): Comment {
    const editedBy = this.#refOrNull(comment.editedBy?.id)
    return { ...comment, author: this.ref(comment.author.id), editedBy }
  }

  #watchers(ticket: SimulatedTicket): PersonRef[] {
    return ticket.watcherIds.map((id) => this.ref(id))
  }

  #actor(id: string | null): ActorRef {
    if (id === null) return { kind: 'system', name: 'closing' }
    return { kind: 'person', person: this.ref(id) }
  }

  #refOrNull(id: string | null | undefined): PersonRef | null {
    return id === null || id === undefined ? null : this.ref(id)
  }

  #person(id: string): SimulatedPerson {
    const person = this.#state.people.find((one) => one.id === id)
    if (person === undefined) throw new Error(`There is no ${id}.`)
    return person
  }

  #tag(): string {
    this.#tags += 1
    return `t${this.#tags}`
  }
}

/** Whether somebody of the staff has looked, or need not. */
function looked({ status, eyes }: SimulatedTicket): boolean {
  return eyes.size > 0 || !activeStatuses.includes(status)
}

function participants(ticket: SimulatedTicket): string[] {
  return [...new Set([ticket.creatorId, ...ticket.watcherIds])]
}

function lastAuthorId({ comments, creatorId }: SimulatedTicket): string {
  const last = comments.findLast(({ internal, deletedAt }) => !internal && deletedAt === null)
  return last?.author.id ?? creatorId
}

function at(seq: number): string {
  return new Date(epoch + seq * 1000).toISOString()
}

function placeOf({ unread, seq }: Notification): string {
  return `${unread.length > 0 ? 'u' : 'r'}${seq}`
}

function isAfter({ unread, seq }: Notification, place: string): boolean {
  const isUnread = unread.length > 0
  return isUnread === place.startsWith('u') ? seq < Number(place.slice(1)) : !isUnread
}
