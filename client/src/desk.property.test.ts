import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  activeStatuses,
  fields,
  plainFields,
  priorities,
  sortOf,
  pressing,
  sorts,
  statuses,
  tagColors,
  views,
} from '@deskbell/contract'
import type { Attachment, Role } from '@deskbell/contract'
import { fieldSamples } from '@deskbell/contract/testing'
import { createDesk } from './desk.ts'
import { listKey } from './resources/list-key.ts'
import { settled, SimulatedClock } from './testing/simulated-clock.ts'
import { SimulatedNetwork } from './testing/simulated-network.ts'
import { SimulatedServer } from './testing/simulated-server.ts'
import type { SimulatedPerson } from './testing/simulated-server.ts'
import type { TimelineGap } from './cache/open-ticket.ts'
import type { Desk, DeskState, ListQuery } from './types.ts'

const pageSize = 3
/** Tickets whose histories are compared. */
const refs = ['1', '2']

const people: SimulatedPerson[] = (['sales', 'admin', 'super_admin', 'sales'] as const).map(
  (role, index) => ({
    id: `00000000-0000-4000-8000-00000000000${index}`,
    name: `Person ${index}`,
    role,
    staff: role !== 'sales',
    active: true,
    color: index,
    theme: 'auto',
  }),
)

const queries: ListQuery[] = [
  {},
  { sort: '-priority', status: activeStatuses },
  { sort: 'created' },
  { sort: 'updated', assignee: 'none' },
  { assignee: 'me', status: activeStatuses },
  { creator: 'me', sort: '-created' },
  views.unseenByStaff,
  { q: 'a' },
  ...plainFields.flatMap((name): ListQuery[] => [
    ...sorts.filter((sort) => sortOf(sort).by === (name as string)).map((sort) => ({ sort })),
    ...('filter' in fields[name] ? [{ [name]: [fieldSamples[name][0]] }] : []),
  ]),
]

interface Step {
  kind: string
  a: number
  b: number
  c: number
  d: number
}

/** How often each thing happens. */
const weights: Record<string, number> = {
  create: 3,
  change: 14,
  own: 5,
  hear: 14,
  serve: 10,
  deliver: 10,
  cut: 1,
  drop: 2,
  loseMessage: 1,
  position: 2,
  pass: 4,
  wake: 1,
  loadMore: 2,
  loadTimeline: 4,
  loadFiles: 1,
  reload: 1,
  prune: 0.5,
  restore: 0.5,
  backup: 1,
}

function stepOf(kinds: Record<string, number>): fc.Arbitrary<Step> {
  const kind = fc.oneof(
    ...Object.entries(kinds).map(([name, weight]) => ({
      weight: Math.round(weight * 10),
      arbitrary: fc.constant(name),
    })),
  )
  const number = fc.nat(1000)
  return fc.record({ kind, a: number, b: number, c: number, d: number })
}

const anyStep = stepOf(weights)
/** What leaves the stream the one it is. */
const calmStep = stepOf({
  create: 1,
  change: 6,
  own: 2,
  hear: 4,
  serve: 4,
  deliver: 4,
  drop: 1,
  pass: 1,
})

interface World {
  server: SimulatedServer
  network: SimulatedNetwork
  clock: SimulatedClock
  desk: Desk
  restore: (() => void) | undefined
  bugs: unknown[]
}

function createWorld(role: Role): World {
  const server = new SimulatedServer(structuredClone(people))
  for (let index = 0; index < 8; index += 1) {
    server.create(pick(people, index).id, { title: pick(['abc', 'bcd', 'cda'], index) })
  }
  for (const [index, internal] of [false, false, true, true].entries()) {
    const tag = { id: server.newId(), name: `tag ${index}`, color: 'red', internal } as const
    server.saveTag(pick(people, 1).id, {
      ...tag,
      archived: false,
      mergedInto: null,
      used: false,
    })
  }
  // Histories of several pages, apart from each other in the log and next to each other.
  for (let index = 0; index < 15; index += 1) {
    const { id } = pick(server.tickets, index % 5 < 3 ? index % 2 : index % 7)
    const by = pick(people, 1 + (index % 2)).id
    server.comment(by, id, {
      body: `long ago ${index}`,
      internal: index % 4 === 0,
      files: index % 2,
    })
  }
  const reader = server.readerOf(people.find((person) => person.role === role)?.id ?? '')
  const network = new SimulatedNetwork(server, reader, pageSize)
  server.onEvents = (events) => network.tell(events)
  const clock = new SimulatedClock()
  const bugs: unknown[] = []
  const desk = openDesk(server, network, clock, reader.id, bugs)
  return { server, network, clock, desk, restore: undefined, bugs }
}

function openDesk(
  server: SimulatedServer,
  network: SimulatedNetwork,
  clock: SimulatedClock,
  meId: string,
  bugs: unknown[],
): Desk {
  const desk = createDesk({
    me: server.me(meId),
    baseUrl: 'http://desk',
    environment: {
      ...clock.environment,
      fetch: network.fetch,
      report: (bug) => void bugs.push(bug),
    },
    open: network.open,
  })
  for (const query of queries) desk.openList(query)
  desk.open('inbox')
  desk.open('doneNotifications')
  if (server.readerOf(meId).role === 'super_admin') {
    desk.open('people')
    desk.open('settings')
  }
  desk.openTicket('1')
  desk.openTicket('2')
  desk.openTicket(server.tickets[2]?.id ?? '3')
  return desk
}

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

/** A change by anybody, this person in another window included. */
function change({ server }: World, { a, b, c, d }: Step): void {
  // Most of it on those whose histories are looked at.
  const ticket = pick(server.tickets, a % 3 > 0 ? b % 2 : a)
  const insiders = people.filter(({ id }) => server.mayAccess(server.readerOf(id), ticket))
  const actor = pick(insiders, b)
  const staff = people.filter((person) => person.staff)
  const sees = ({ internal }: { internal: boolean }) => actor.staff || !internal
  const comment = ticket.comments.find((one) => sees(one) && one.deletedAt === null)
  const file = ticket.attachments.find((one) => sees(one) && one.commentId === null)
  const doers = [
    () => server.changeStatus(actor.id, ticket.id, pick(statuses, c)),
    () => server.close(ticket.id),
    () => server.changePriority(actor.id, ticket.id, pick(priorities, c)),
    () => server.edit(actor.id, ticket.id, { title: pick(['abc', 'bcd', 'cda', 'ddd'], c) }),
    () => {
      const name = pick(plainFields, b)
      server.edit(actor.id, ticket.id, { [name]: pick<unknown>(fieldSamples[name], c) })
    },
    () =>
      server.edit(actor.id, ticket.id, {
        assigneeId: pick([...staff.map(({ id }) => id), null], c),
      }),
    () =>
      server.comment(actor.id, ticket.id, {
        body: `said ${c}`,
        internal: actor.staff && c % 2 === 0,
        files: c % 3,
      }),
    () => comment && server.editComment(actor.id, ticket.id, comment.id, `corrected ${c}`),
    () => comment && server.deleteComment(actor.id, ticket.id, comment.id),
    () => server.attach(actor.id, ticket.id, actor.staff && c % 2 === 0),
    () => file && server.detach(actor.id, file.id),
    () => server.watch(actor.id, ticket.id, pick(people, c).id),
    () => server.unwatch(actor.id, ticket.id, pick(people, c).id),
    () => server.markSeen(actor.id, ticket.id, server.head.seq),
    ...inboxChanges(server, actor.id, ticket.id, c),
    () => server.setTags(actor.id, ticket.id, tagChange(server, actor, b, c)),
    () => {
      const tag = pick(server.tags, b)
      const into = pick(server.tags, c)
      const merges =
        into.id !== tag.id && into.mergedInto === null && into.internal === tag.internal
      const mergedInto = merges ? into.id : tag.mergedInto
      server.saveTag(staff[0]?.id ?? '', { ...tag, name: `tag ${c % 9}`, mergedInto })
    },
    () => server.tags.length > 4 && server.deleteTag(staff[0]?.id ?? '', pick(server.tags, b).id),
    () => server.editMe(actor.id, { name: `Person ${c % 9}` }),
    () => server.editMe(actor.id, { theme: pick(['auto', 'light', 'dark'], c) }),
    () => server.editSettings(people[2]?.id ?? '', { closeAfterDays: c % 5 }),
    () => server.setActive(people[2]?.id ?? '', people[1]?.id ?? '', c % 2 === 0),
  ]
  pick(doers, d)()
}

/** What a person does with a notification, on any device, and the end of a snooze. */
function inboxChanges(server: SimulatedServer, actorId: string, ticketId: string, c: number) {
  const doneUpTo = c % 3 === 0 ? c % server.head.seq : server.head.seq
  const snoozedUntil = c % 4 === 0 ? null : '2027-01-01T00:00:00.000Z'
  return [
    () => server.editNotification(actorId, ticketId, { doneUpTo }),
    () => server.editNotification(actorId, ticketId, { unread: c % 4 > 0 }),
    () => server.editNotification(actorId, ticketId, { snoozedUntil }),
    () => server.editNotification(actorId, ticketId, { muted: c % 4 === 0 }),
    () => server.endSnooze(actorId, ticketId),
    () => server.finishNotifications(actorId, doneUpTo),
  ]
}

/** A change made at this desk. Refusals are as good as any other outcome here. */
function own({ server, desk }: World, { a, b, c, d }: Step): void {
  const list = pick([...desk.state.lists.values()], a)
  const row = list.items.length > 0 ? pick(list.items, b) : undefined
  if (row === undefined) return
  const id = row.id
  const commentId = server.newId()
  const doers = [
    () => desk.changeStatus(id, pick(statuses, c)),
    () => desk.changePriority(id, pick(priorities, c)),
    () => desk.editTicket(id, { title: `own ${c}`, description: `own ${c}` }),
    () => {
      const name = pick(plainFields, b)
      return desk.editTicket(id, { [name]: pick<unknown>(fieldSamples[name], c) })
    },
    () => desk.addComment(id, { id: commentId, body: 'mine', internal: false, attachmentIds: [] }),
    () => desk.markSeen(id),
    () => pick(inboxEdits(desk, id, c), b)().made,
    () => {
      const { made, undo } = pick(inboxEdits(desk, id, c), b)()
      return Promise.all([made, undo()])
    },
    () => desk.setTags(id, tagChange(server, server.readerOf(desk.state.me.id), b, c)),
    () => desk.createTag({ name: `own ${c}`, color: 'red', internal: c % 2 === 0 }),
    () => changeTag(desk, b, (tag) => desk.deleteTag(tag)),
    () => changeTag(desk, b, (tag) => desk.editTag(tag, { name: `own ${c}` })),
    () => changeTag(desk, b, (tag) => desk.editTag(tag, { color: pick(tagColors, c) })),
    () => changeTag(desk, b, (tag) => desk.editTag(tag, { archived: false })),
    () => changeTag(desk, b, (tag) => desk.mergeTag(tag, pick(server.tags, c).id)),
    () => desk.watch(id, server.ref(pick(people, c).id)),
    () => desk.unwatch(id, pick(people, c).id),
    () => desk.createTicket({ title: 'mine a', description: '' }),
    () => desk.editMe({ settings: { theme: pick(['auto', 'light', 'dark'], c) } }),
    () =>
      desk.state.me.role === 'super_admin'
        ? desk.editSettings({ closeAfterDays: c % 4 })
        : Promise.resolve(),
  ]
  pick(doers, d)().catch(() => undefined)
}

function inboxEdits({ notifications }: Desk, ticketId: string, c: number) {
  return [
    () => notifications.markDone(ticketId),
    () => notifications.markUnread(ticketId),
    () => notifications.snooze(ticketId, c % 4 === 0 ? null : '2027-02-01T00:00:00.000Z'),
    () => notifications.mute(ticketId, c % 4 === 0),
    () => notifications.doneAll(),
  ]
}

/** Changes a tag, if this person may. */
async function changeTag(desk: Desk, b: number, change: (id: string) => Promise<void>) {
  const { tags, me } = desk.state
  const ids = [...(tags?.keys() ?? [])]
  if (me.role !== 'sales' && ids.length > 0) await change(pick(ids, b))
}

/** Tags that this person may see, to add and to remove. */
function tagChange(server: SimulatedServer, { id }: { id: string }, b: number, c: number) {
  const { tags } = server.readTags(server.readerOf(id))
  if (tags.length === 0) return {}
  const add = pick(tags, b).id
  const remove = pick(tags, c).id
  return add === remove ? { add: [add] } : { add: [add], remove: [remove] }
}

/** A page of a history next to a gap, or anywhere. What is not found any more is as good as any other outcome here. */
function loadSomewhere({ server, desk }: World, { a, b, c }: Step): void {
  const open = desk.state.tickets.get(pick(refs, a))
  const gaps = open?.status === 'ready' ? open.gaps : []
  const places = gaps.flatMap(({ before, after }) => [{ before }, ...(after ? [{ after }] : [])])
  const place = b % 3 > 0 && places.length > 0 ? pick(places, c) : { around: c % server.head.seq }
  desk.loadTimeline(pick(refs, a), place).catch(() => undefined)
}

async function take(world: World, step: Step): Promise<void> {
  const { server, network, clock, desk } = world
  const { a, b, c } = step
  switch (step.kind) {
    case 'create':
      server.create(pick(people, a).id, {
        title: pick(['abc', 'bcd', 'cda'], b),
        priority: pick(priorities, c),
      })
      break
    case 'change':
      change(world, step)
      break
    case 'own':
      own(world, step)
      break
    case 'hear':
      network.hear(1 + (a % 8))
      break
    case 'serve':
      network.serve(a)
      break
    case 'deliver':
      network.deliver(a)
      break
    case 'cut':
      network.cut(a)
      break
    case 'drop':
      network.drop()
      break
    case 'loseMessage':
      network.loseMessage()
      break
    case 'position':
      network.tellPosition()
      break
    case 'pass':
      await clock.pass(a * 20)
      break
    case 'wake':
      clock.wake()
      break
    case 'loadMore':
      void desk.loadMore(pick(queries, a))
      desk.loadMoreNotifications(a % 3 > 0 ? 'inbox' : 'doneNotifications')
      break
    case 'loadTimeline':
      loadSomewhere(world, step)
      break
    case 'loadFiles':
      desk.loadFiles(pick(refs, a)).catch(() => undefined)
      break
    case 'reload':
      void desk.reloadList(pick(queries, a))
      break
    case 'prune':
      network.prune()
      network.drop()
      break
    case 'backup':
      world.restore ??= server.backup()
      break
    case 'restore':
      if (world.restore === undefined) break
      world.restore()
      while (network.requests.length > 0) network.cut(0)
      network.drop()
      break
  }
  await settled()
}

/** The network works again, and time passes. */
async function heal({
  network,
  clock,
  desk,
}: Pick<World, 'network' | 'clock' | 'desk'>): Promise<void> {
  for (let round = 0; round < 80; round += 1) {
    network.tellPosition()
    await network.flow()
    const isQuiet = desk.state.connection.state === 'live' && noneIsPending(desk.state)
    if (isQuiet && round > 1) return
    await clock.pass(5_000)
  }
  throw new Error(`not healed: ${JSON.stringify(desk.state.connection)}`)
}

function noneIsPending(state: DeskState): boolean {
  if (state.inbox?.loadingMore === true || state.doneNotifications?.loadingMore === true)
    return false
  const lists = [...state.lists.values()]
  const tickets = [...state.tickets.values()]
  return (
    lists.every(
      ({ status, items, loadingMore }) =>
        status === 'ready' && !loadingMore && items.every(({ pending }) => pending.length === 0),
    ) && tickets.every(({ status }) => status !== 'loading')
  )
}

async function loadAll(world: Pick<World, 'network' | 'clock' | 'desk'>): Promise<void> {
  for (const query of queries) {
    while (world.desk.state.lists.get(listKey(query))?.more === true) {
      void world.desk.loadMore(query)
      await heal(world)
    }
  }
  for (const name of ['inbox', 'doneNotifications'] as const) {
    while (world.desk.state[name]?.more === true) {
      world.desk.loadMoreNotifications(name)
      await heal(world)
    }
  }
  for (const ref of refs) {
    for (let gaps = gapsIn(world.desk, ref); gaps.length > 0; gaps = gapsIn(world.desk, ref)) {
      for (const { before } of gaps) void world.desk.loadTimeline(ref, { before })
      await heal(world)
    }
  }
}

function gapsIn(desk: Desk, ref: string): readonly TimelineGap[] {
  const open = desk.state.tickets.get(ref)
  return open?.status === 'ready' ? open.gaps : []
}

/** What a person sees, in a form to compare. A search is compared when it was found anew. */
function seenBy(state: DeskState) {
  const { lists, tickets, notificationCount, slowedUntil: _waiting, ...others } = state
  return {
    ...others,
    // Which ones it knows depends on when they came, as there are more than one answer has.
    notificationCount: notificationCount?.count,
    lists: [...lists.values()]
      .filter(({ query }) => query.q === undefined)
      .map(({ query, status, items }) => ({ query, status, items })),
    tickets: refs.map((ref) => {
      const open = tickets.get(ref)
      // A ticket that was never seen is not found, one that was seen is lost.
      if (open?.status !== 'ready') return 'none'
      const { ticket, timeline, gaps, attachments, unconfirmed } = open
      return { ticket, timeline, gaps, attachments, unconfirmed }
    }),
  }
}

type Seen = ReturnType<typeof seenBy>
type SeenTicket = Seen['tickets'][number]

/** As far as it was read, a history is the whole but for its gaps: nothing is missing that is not said to be. */
function expectPartOf(open: SeenTicket, whole: SeenTicket | undefined): void {
  if (open === 'none' || whole === undefined || whole === 'none') expectSame(open, whole)
  else expectLoadedPart(open, whole)
}

function expectSame(open: SeenTicket, whole: SeenTicket | undefined): void {
  expect(open).toEqual(whole)
}

type ReadTicket = Exclude<SeenTicket, 'none'>

function expectLoadedPart(open: ReadTicket, whole: ReadTicket): void {
  const { timeline, gaps, attachments, ...rest } = open
  const { timeline: items, gaps: _none, attachments: files, ...all } = whole
  const isMissing = (seq: number) =>
    gaps.some(({ after, before }) => seq > (after ?? -1) && seq < before)
  expect(rest).toEqual(all)
  expect(timeline).toEqual(items.filter(({ seq }) => !isMissing(seq)))
  expect(files).toEqual(expect.arrayContaining([...attachments]))
  for (const item of timeline) {
    if (item.kind !== 'comment') continue
    const isOf = (file: Attachment) => file.commentId === item.comment.id
    expect(attachments.filter(isOf)).toEqual(files.filter(isOf))
  }
}

/** Events do not say how far a ticket was seen before they came: nobody knows who has not read it since the stream began. */
function butForUnread(seen: Seen): Seen {
  const lists = seen.lists.map((list) => ({
    ...list,
    items: list.items.map((item) => ({ ...item, seen: 0 })),
  }))
  const tickets = seen.tickets.map((open) =>
    open === 'none' ? open : { ...open, ticket: { ...open.ticket, seen: 0 } },
  )
  return { ...seen, lists, tickets } as Seen
}

/** What somebody sees who opens everything just now, to the end of every list. */
async function seenAfresh({ server, desk, bugs }: World): Promise<Seen> {
  const reader = server.readerOf(desk.state.me.id)
  const network = new SimulatedNetwork(server, reader, pageSize)
  const clock = new SimulatedClock()
  const fresh = { network, clock, desk: openDesk(server, network, clock, reader.id, bugs) }
  await heal(fresh)
  await loadAll(fresh)
  const seen = seenBy(fresh.desk.state)
  fresh.desk.stop()
  return seen
}

const seed = Number(process.env['DESKBELL_SEED'] ?? Date.now() % 2 ** 31)
const numRuns = Number(process.env['DESKBELL_RUNS'] ?? 60)

test.each(['sales', 'admin', 'super_admin'] as const)(
  `[RS5] [CL9] after lost, late and doubled messages %s sees what a fresh desk sees (DESKBELL_SEED=${seed})`,
  { timeout: 120_000 },
  async (role) => {
    const storm = fc.array(anyStep, { maxLength: 120, size: 'max' })
    const calm = fc.array(calmStep, { maxLength: 20 })
    const property = fc.asyncProperty(storm, calm, async (stormy, calmer) => {
      const world = createWorld(role)
      for (const one of stormy) await take(world, one)
      await heal(world)
      const whole = butForUnread(await seenAfresh(world))
      // As far as it was read, a list is the beginning of the whole.
      const begun = butForUnread(seenBy(world.desk.state))
      for (const [index, list] of begun.lists.entries()) {
        expect(list.items).toEqual(whole.lists[index]?.items.slice(0, list.items.length))
      }
      for (const [index, open] of begun.tickets.entries()) expectPartOf(open, whole.tickets[index])
      await loadAll(world)
      expect(butForUnread(seenBy(world.desk.state))).toEqual(whole)

      // From here on everything was read in this stream, and nothing is unknown.
      for (const query of queries) void world.desk.reloadList(query)
      await heal(world)
      for (const one of calmer) await take(world, one)
      await heal(world)
      await loadAll(world)
      expect(seenBy(world.desk.state)).toEqual(await seenAfresh(world))

      expect(world.bugs).toEqual([])
      world.desk.stop()
      expect(world.clock.waiting).toBe(0)
    })
    // Time for a counterexample to become shorter, and to be told.
    await fc.assert(property, { seed, numRuns, interruptAfterTimeLimit: 90_000 })
  },
)

test('the lists use every sort but `priority`', () => {
  const used = new Set(queries.map(({ sort }) => sort ?? '-updated'))
  expect([...used].sort()).toEqual(
    [...sorts, pressing].filter((sort) => sort !== 'priority').sort(),
  )
})
