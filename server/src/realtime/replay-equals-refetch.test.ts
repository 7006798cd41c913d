import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fields, plainFields, sortOf, sorts, views } from '@deskbell/contract'
import type { ListQuery } from '@deskbell/client'
import { fieldSamples } from '@deskbell/contract/testing'
import { serverContext } from '../audit/audit-context.ts'
import { issuePasswordLinkOnServer } from '../people/issue-password-link.ts'
import { hashPassword } from '../people/secrets.ts'
import { startTestDesk } from '../testing/index.ts'
import type { Answer, TestDesk, TestPerson } from '../testing/index.ts'
import { closeAged } from '../testing/close-aged.ts'
import { loadWholeTickets, openEverything, openLiveDesk, shownOn } from '../testing/live-desk.ts'
import type { LiveDesk } from '../testing/live-desk.ts'

/** The readers. Each has two screens: one always connected, and one that is cut off while things change. */
const readers = ['creator', 'watcher', 'stranger', 'admin', 'root'] as const
type ReaderName = (typeof readers)[number]

const lists: ListQuery[] = [
  {},
  { sort: 'priority', status: ['open', 'in_progress'] },
  views.unassigned,
  views.unseenByStaff,
  { ...views.closed, sort: 'created' },
  ...sorts.filter((sort) => sortOf(sort).by in fields).map((sort): ListQuery => ({ sort })),
  ...plainFields
    .filter((name) => 'filter' in fields[name])
    .map((name): ListQuery => ({ [name]: [fieldSamples[name][0]] })),
]

let desk: TestDesk
let creator: TestPerson
let watcher: TestPerson
let stranger: TestPerson
let admin: TestPerson
let root: TestPerson
/** A super admin without a relation to any ticket. */
let editor: TestPerson
/** Assigned to `main`, and to nothing after the demotion and deactivation. */
let bob: TestPerson
/** Watches `main`. */
let sue: TestPerson
/** Created by `creator`, watched by `watcher` and `sue`, assigned to `bob`. */
let main: string
/** Created by Sue, assigned to Bob: only they and staff see it. */
let other: string
let screens: { reader: ReaderName; person: TestPerson; steady: LiveDesk; cut: LiveDesk }[] = []

beforeAll(async () => {
  desk = await startTestDesk()
  creator = await desk.someone('sales', 'Cleo')
  watcher = await desk.someone('sales', 'Walt')
  stranger = await desk.someone('sales', 'Stig')
  admin = await desk.someone('admin', 'Ada')
  root = await desk.someone('super_admin', 'Root')
  editor = await desk.someone('super_admin', 'Edda')
  bob = await desk.someone('admin', 'Bob')
  sue = await desk.someone('sales', 'Sue')
  main = await create(creator, 'Printer')
  other = await create(sue, 'Paper')
  for (const id of [main, other])
    await admin.call('editTicket', { params: { id }, body: { assigneeId: bob.id } })
  for (const person of [watcher, sue])
    await admin.call('watch', { params: { id: main, userId: person.id } })

  const people = { creator, watcher, stranger, admin, root }
  for (const reader of readers) {
    const person = people[reader]
    const pair = { steady: await open(person), cut: await open(person) }
    screens.push({ reader, person, ...pair })
  }
  await Promise.all(screens.map(({ person, steady, cut }) => expectFresh(person, [steady, cut])))
})
afterAll(async () => {
  await Promise.all(screens.flatMap(({ steady, cut }) => [steady.stop(), cut.stop()]))
  screens = []
  await desk.stop()
})

async function open(person: TestPerson): Promise<LiveDesk> {
  const live = await openLiveDesk(desk.url, person)
  openEverything(live, lists, [main, other])
  return live
}

/** An old screen must show what a newly opened screen shows. */
async function expectFresh(person: TestPerson, all: readonly LiveDesk[]): Promise<void> {
  const fresh = await open(person)
  const soon = { interval: 15, timeout: 5_000 }
  await vi.waitFor(() => expect(shownOn(fresh)).toBeDefined(), soon)
  await loadWholeTickets(fresh)
  for (const live of all)
    await vi.waitFor(() => expect(shownOn(live)).toEqual(shownOn(fresh)), soon)
  await fresh.stop()
}

async function create(person: TestPerson, title: string, priority = 'medium'): Promise<string> {
  const made = ok(await person.call('createTicket', { body: { title, description: '', priority } }))
  return made.ticket.id
}

function ok<T>({ status, body }: Answer<T>): T {
  expect(status, JSON.stringify(body)).toBeLessThan(300)
  return body
}

interface Row {
  /** The function that makes the change. */
  of: string
  case: string
  make: () => Promise<unknown>
  /** A client must fetch after it: access was gained, or a person became able or unable to work on tickets. */
  asks?: true
}

const rows: Row[] = [
  { of: 'createTicket', case: 'by sales', make: () => create(creator, 'Toner') },
  { of: 'createTicket', case: 'urgent', make: () => create(watcher, 'Fire', 'urgent') },
  { of: 'createTicket', case: 'by staff', make: () => create(admin, 'Desk') },

  ticketRow('editTicket', 'title and description', () => creator, {
    title: 'Printer 2',
    description: 'Smoke',
  }),
  ticketRow('editTicket', 'by staff', () => root, { title: 'Printer 3' }),
  ticketRow(
    'editTicket',
    'assigned',
    () => admin,
    () => ({ assigneeId: admin.id }),
  ),
  ticketRow('editTicket', 'unassigned', () => root, { assigneeId: null }),
  ticketRow(
    'editTicket',
    'assigned again',
    () => admin,
    () => ({ assigneeId: bob.id, title: 'Printer' }),
  ),

  ...plainFields.flatMap((name) =>
    fieldSamples[name].map((value) =>
      ticketRow('editTicket', `${name} ${value}`, () => admin, { [name]: value }),
    ),
  ),
  ticketRow('editTicket', 'title as before', () => admin, { title: 'Printer' }),

  { of: 'createTag', case: 'public', make: () => tag('Hardware', false) },
  { of: 'createTag', case: 'internal', make: () => tag('Nuisance', true) },
  tagRow('public', { add: ['Hardware'] }),
  tagRow('internal', { add: ['Nuisance'] }),
  tagRow('neither', { remove: ['Hardware', 'Nuisance'] }),
  tagRow('both', { add: ['Nuisance', 'Hardware'] }),
  tagRow('in place of the other', { add: ['Hardware'], remove: ['Nuisance'] }),
  tagRow('what is there already', { add: ['Hardware'], remove: ['Nuisance'] }),
  changedTagRow('editTag', 'renamed', 'Nuisance', { name: 'Trouble' }),
  changedTagRow('editTag', 'coloured', 'Hardware', { color: 'green' }),
  {
    of: 'mergeTag',
    case: 'a public one that is on a ticket, and what stood for it',
    async make() {
      const [first, second] = [await tag('First', false), await tag('Second', false)]
      const [id = ''] = await tagIds(['Hardware'])
      ok(await admin.call('mergeTag', { params: { id: first }, body: { into: id } }))
      ok(await admin.call('setTags', { params: { id: other }, body: { add: [first] } }))
      ok(await admin.call('mergeTag', { params: { id }, body: { into: second } }))
      ok(await admin.call('setTags', { params: { id: main }, body: { add: [id] } }))
    },
  },
  {
    of: 'mergeTag',
    case: 'an internal one',
    async make() {
      const [id = ''] = await tagIds(['Trouble'])
      ok(await admin.call('setTags', { params: { id: main }, body: { add: [id] } }))
      const into = await tag('Plague', true)
      ok(await admin.call('mergeTag', { params: { id }, body: { into } }))
    },
  },
  tagRow('merged ones', { remove: ['Second', 'Plague'] }),
  {
    of: 'editTag',
    case: 'archived and restored',
    async make() {
      const id = await tag('Old', false)
      ok(await admin.call('setTags', { params: { id: other }, body: { add: [id] } }))
      ok(await admin.call('deleteTag', { params: { id } }))
      ok(await admin.call('editTag', { params: { id }, body: { archived: false } }))
    },
  },
  {
    of: 'deleteTag',
    case: 'used ones, and ones that were never used',
    async make() {
      for (const internal of [false, true]) {
        const [used, id] = [await tag(`Older ${internal}`, internal), await tag('Unused', internal)]
        ok(await admin.call('setTags', { params: { id: other }, body: { add: [used] } }))
        ok(await admin.call('setTags', { params: { id: other }, body: { remove: [used] } }))
        for (const one of [used, id]) ok(await admin.call('deleteTag', { params: { id: one } }))
      }
    },
  },

  ...(['in_progress', 'waiting', 'resolved', 'closed', 'open'] as const).map((status) =>
    ticketRow('changeStatus', status, () => admin, { status }),
  ),
  ticketRow('changeStatus', 'closed by its creator', () => creator, { status: 'closed' }),
  ticketRow('changeStatus', 'reopened by its creator', () => creator, { status: 'open' }),
  ...(['high', 'urgent', 'low'] as const).map((priority) =>
    ticketRow('changePriority', priority, () => admin, { priority }),
  ),

  {
    ...watchRow(
      'watch',
      'a stranger',
      () => admin,
      () => stranger,
    ),
    asks: true,
  },
  watchRow(
    'unwatch',
    'a stranger again',
    () => admin,
    () => stranger,
  ),
  watchRow(
    'unwatch',
    'oneself',
    () => watcher,
    () => watcher,
  ),
  {
    ...watchRow(
      'watch',
      'back again',
      () => root,
      () => watcher,
    ),
    asks: true,
  },
  watchRow(
    'watch',
    'by staff of itself',
    () => admin,
    () => admin,
  ),
  watchRow(
    'watch',
    'by the creator',
    () => creator,
    () => creator,
  ),
  watchRow(
    'unwatch',
    'by the creator',
    () => creator,
    () => creator,
  ),
  {
    of: 'unwatch',
    case: 'after other changes',
    async make() {
      await call(admin, 'changeStatus', { status: 'resolved' })
      await call(admin, 'changePriority', { priority: 'urgent' })
      ok(await admin.call('unwatch', { params: { id: main, userId: watcher.id } }))
      await call(admin, 'changeStatus', { status: 'open' })
      await call(admin, 'changePriority', { priority: 'low' })
    },
  },
  {
    of: 'watch',
    case: 'lost and gained again at once',
    asks: true,
    async make() {
      ok(await admin.call('watch', { params: { id: main, userId: watcher.id } }))
      ok(await admin.call('unwatch', { params: { id: main, userId: watcher.id } }))
      await call(admin, 'addComment', { body: 'Between' })
      ok(await admin.call('watch', { params: { id: main, userId: watcher.id } }))
    },
  },

  ticketRow('addComment', 'by its creator', () => creator, { body: 'Hello' }),
  ticketRow('addComment', 'by a watcher', () => watcher, { body: 'Me too' }),
  ticketRow('addComment', 'by staff', () => admin, { body: 'We look' }),
  ticketRow('addComment', 'an internal note', () => admin, { body: 'Secret', internal: true }),
  { of: 'addComment', case: 'with files', make: () => commentWithFiles(creator, false) },
  { of: 'addComment', case: 'a note with files', make: () => commentWithFiles(admin, true) },
  {
    of: 'addComment',
    case: 'that reopens',
    async make() {
      await call(admin, 'changeStatus', { status: 'resolved' })
      await call(watcher, 'addComment', { body: 'Not solved' })
    },
  },
  {
    of: 'addComment',
    case: 'that reopens, with files',
    async make() {
      await call(admin, 'changeStatus', { status: 'waiting' })
      await commentWithFiles(creator, false)
    },
  },
  commentRow('editComment', 'one own', () => creator, {}),
  commentRow(
    'editComment',
    'by a super admin',
    () => admin,
    {},
    () => root,
  ),
  commentRow('editComment', 'a note', () => admin, { internal: true }),
  commentRow('deleteComment', 'one own', () => watcher, {}),
  commentRow(
    'deleteComment',
    'a note',
    () => admin,
    { internal: true },
    () => root,
  ),
  {
    of: 'deleteComment',
    case: 'with files',
    make: async () =>
      ok(
        await creator.call('deleteComment', {
          params: { id: await commentWithFiles(creator, false) },
        }),
      ),
  },
  {
    of: 'deleteComment',
    case: 'a note with files',
    make: async () =>
      ok(
        await admin.call('deleteComment', { params: { id: await commentWithFiles(admin, true) } }),
      ),
  },

  { of: 'attach', case: 'direct', make: () => file(creator, {}) },
  { of: 'attach', case: 'internal', make: () => file(admin, { internal: true }) },
  { of: 'attach', case: 'a draft', make: () => file(creator, { draft: true }) },
  deleteFileRow(
    'direct',
    () => file(watcher, {}),
    () => watcher,
  ),
  deleteFileRow(
    'internal',
    () => file(admin, { internal: true }),
    () => root,
  ),
  deleteFileRow(
    'a draft',
    () => file(creator, { draft: true }),
    () => creator,
  ),
  deleteFileRow(
    'of a comment',
    () => fileOfComment(creator, 'See here'),
    () => admin,
  ),
  deleteFileRow(
    'of a comment without words, which goes with it',
    () => fileOfComment(creator, ''),
    () => admin,
  ),

  ...[() => creator, () => watcher, () => admin].map((who, index) => ({
    of: 'markSeen',
    case: ['by its creator', 'by a watcher', 'by staff'][index] ?? '',
    async make() {
      await call(root, 'addComment', { body: 'News' })
      ok(
        await who().call('markSeen', {
          params: { id: main },
          body: { seq: Number.MAX_SAFE_INTEGER },
        }),
      )
      await call(who(), 'addComment', { body: 'Seen' })
    },
  })),

  ...[() => creator, () => watcher].map((who, index) => ({
    of: 'markSeen',
    case:
      ['by the first of the staff, after its creator wrote', 'and after a watcher wrote'][index] ??
      '',
    async make() {
      await call(who(), 'addComment', { body: 'Any news?' })
      const body = { seq: Number.MAX_SAFE_INTEGER }
      ok(await admin.call('markSeen', { params: { id: main }, body }))
    },
  })),
  {
    of: 'addComment',
    case: 'that nobody looks at',
    make: () => call(creator, 'addComment', { body: 'Hello?' }),
  },
  ticketRow('changeStatus', 'closed by its creator, unseen', () => creator, { status: 'closed' }),
  ticketRow('changeStatus', 'reopened by its creator, unseen', () => creator, { status: 'open' }),

  personRow('editPerson', 'an assignee is demoted', { role: 'sales' }),
  personRow('editPerson', 'and promoted', { role: 'super_admin' }),
  personRow('editPerson', 'to admin', { role: 'admin' }),
  personRow('editPerson', 'an assignee is deactivated', { active: false }),
  {
    of: 'changeStatus',
    case: 'of a ticket assigned to a deactivated person',
    async make() {
      await call(admin, 'changeStatus', { status: 'closed' })
      await call(admin, 'changeStatus', { status: 'open' })
      await call(admin, 'addComment', { body: 'Who takes it?' })
    },
  },
  personRow('editPerson', 'and reactivated', { active: true }),
  {
    of: 'editPerson',
    case: 'a watcher becomes staff and is demoted',
    asks: true,
    async make() {
      for (const role of ['admin', 'sales'] as const)
        ok(await root.call('editPerson', { params: { id: sue.id }, body: { role } }))
    },
  },
  {
    of: 'endSessionsOf',
    case: 'of an assignee',
    make: async () => ok(await root.call('endSessions', { params: { id: bob.id } })),
  },
  {
    of: 'signOut',
    case: 'of a person on the ticket',
    async make() {
      const again = await desk.again(bob)
      ok(await again.call('signOut'))
    },
  },
  {
    of: 'endOwnSession',
    case: 'of another browser',
    async make() {
      await desk.again(bob)
      const again = await desk.again(bob)
      const { sessions } = ok(await again.call('mySessions'))
      const other = sessions.find(({ current }) => !current)
      ok(await again.call('endMySession', { params: { id: other?.id ?? '' } }))
    },
  },
  {
    of: 'endOtherSessions',
    case: 'of a person on the ticket',
    async make() {
      await desk.again(bob)
      const again = await desk.again(bob)
      ok(await again.call('endMyOtherSessions', { query: { others: 'true' } }))
    },
  },
  { of: 'invite', case: 'sales', make: () => invite('Ina') },
  {
    of: 'acceptInvitation',
    case: 'with another name',
    async make() {
      const { token } = await invite('Ira')
      ok(
        await root.call('acceptInvitation', {
          params: { token },
          body: { password: 'seven pianos in the sun', name: 'Iris' },
          headers: { cookie: '' },
        }),
      )
    },
  },
  {
    of: 'signIn',
    case: 'in a browser where another person was signed in',
    async make() {
      const password = await givePassword(sue)
      const browser = await desk.again(watcher)
      ok(await browser.call('signIn', { body: { email: `${sue.id}@desk.example`, password } }))
    },
  },
  {
    of: 'closeResolved',
    case: 'of a ticket that its people have seen',
    async make() {
      const id = await create(creator, 'Done')
      ok(await admin.call('changeStatus', { params: { id }, body: { status: 'resolved' } }))
      ok(await creator.call('markSeen', { params: { id }, body: { seq: Number.MAX_SAFE_INTEGER } }))
      await closeAged(desk.db, id)
    },
  },
  {
    of: 'editDeskSettings',
    case: 'the days until a ticket is closed',
    make: async () => ok(await editor.call('editDeskSettings', { body: { closeAfterDays: 12 } })),
  },
  {
    of: 'issuePasswordLink',
    case: 'again for an invited person',
    async make() {
      const { id } = await invite('Ivo')
      ok(await root.call('issueLink', { params: { id } }))
    },
  },
  {
    of: 'closeResolved',
    case: 'of a ticket that its people have seen',
    async make() {
      const id = await create(creator, 'Done')
      ok(await admin.call('changeStatus', { params: { id }, body: { status: 'resolved' } }))
      ok(await creator.call('markSeen', { params: { id }, body: { seq: Number.MAX_SAFE_INTEGER } }))
      await closeAged(desk.db, id)
    },
  },
  {
    of: 'editDeskSettings',
    case: 'the days until a ticket is closed',
    make: async () => ok(await editor.call('editDeskSettings', { body: { closeAfterDays: 12 } })),
  },
  {
    of: 'issuePasswordLink',
    case: 'for an assignee',
    make: async () => ok(await root.call('issueLink', { params: { id: bob.id } })),
  },
  {
    of: 'withdrawPasswordLink',
    case: 'of an assignee',
    make: async () => ok(await root.call('withdrawLink', { params: { id: bob.id } })),
  },
  {
    of: 'issuePasswordLinkOnServer',
    case: 'for an assignee',
    make: () => issuePasswordLinkOnServer(desk.db, serverContext, `${bob.id}@desk.example`),
  },
  ...[() => creator, () => watcher, () => stranger, () => admin, () => root, () => bob].map(
    (who, index) => ({
      of: 'editMe',
      case: `the name of ${[...readers, 'an assignee'][index]}`,
      async make() {
        const person = index === 5 ? await desk.again(bob) : who()
        ok(await person.call('editMe', { body: { name: `${person.name} the ${index}th` } }))
        ok(await person.call('editMe', { body: { settings: { theme: 'dark' } } }))
      },
    }),
  ),
  {
    of: 'editMe',
    case: 'the name of a person who only corrected a comment',
    async make() {
      const input = { params: { id: main }, body: { body: 'Teh' } }
      const { comment } = ok(await creator.call('addComment', input))
      const params = { id: comment.id }
      ok(await editor.call('editComment', { params, body: { body: 'The' } }))
      ok(await editor.call('editMe', { body: { name: 'Edda the editor' } }))
    },
  },
  {
    of: 'changePassword',
    case: 'of a watcher',
    async make() {
      const body = { current: await givePassword(watcher), password: 'nine plums in a row' }
      ok(await watcher.call('changePassword', { body }))
    },
  },
]

type BodyOf = object | (() => object)
type TicketChange = 'editTicket' | 'changeStatus' | 'changePriority' | 'addComment'

async function call(who: TestPerson, name: TicketChange, body: object) {
  return ok(await who.call(name, { params: { id: main }, body: { ...body } }))
}

function ticketRow(of: TicketChange, title: string, who: () => TestPerson, body: BodyOf): Row {
  const make = () => call(who(), of, typeof body === 'function' ? body() : body)
  return { of, case: title, make }
}

async function tag(name: string, internal: boolean): Promise<string> {
  const body = { name, color: 'red', internal } as const
  return ok(await admin.call('createTag', { body })).item.id
}

async function tagIds(names: readonly string[] = []): Promise<string[]> {
  const { tags } = ok(await admin.call('tags'))
  return names.flatMap((name) => tags.find((one) => one.name === name)?.id ?? [])
}

function tagRow(title: string, { add, remove }: { add?: string[]; remove?: string[] }): Row {
  async function make() {
    const body = { add: await tagIds(add), remove: await tagIds(remove) }
    ok(await admin.call('setTags', { params: { id: main }, body }))
  }
  return { of: 'setTags', case: title, make }
}

function changedTagRow(of: 'editTag', title: string, name: string, body: object): Row {
  async function make() {
    const [id = ''] = await tagIds([name])
    ok(await admin.call(of, { params: { id }, body: { ...body } }))
  }
  return { of, case: title, make }
}

function watchRow(
  of: 'watch' | 'unwatch',
  title: string,
  who: () => TestPerson,
  whom: () => TestPerson,
): Row {
  const make = async () => ok(await who().call(of, { params: { id: main, userId: whom().id } }))
  return { of, case: title, make }
}

function personRow(of: 'editPerson', title: string, body: object): Row {
  const make = async () => ok(await root.call(of, { params: { id: bob.id }, body: { ...body } }))
  return { of, case: title, make, asks: true }
}

function commentRow(
  of: 'editComment' | 'deleteComment',
  title: string,
  author: () => TestPerson,
  input: object,
  by = author,
): Row {
  return {
    of,
    case: title,
    async make() {
      const made = ok(
        await author().call('addComment', {
          params: { id: main },
          body: { body: 'Teh', ...input },
        }),
      )
      const params = { id: made.comment.id }
      if (of === 'editComment') ok(await by().call(of, { params, body: { body: 'The' } }))
      else ok(await by().call(of, { params }))
    },
  }
}

function deleteFileRow(title: string, made: () => Promise<string>, who: () => TestPerson): Row {
  const make = async () =>
    ok(await who().call('deleteAttachment', { params: { id: await made() } }))
  return { of: 'deleteAttachment', case: title, make }
}

async function file(
  who: TestPerson,
  options: { internal?: boolean; draft?: boolean },
): Promise<string> {
  return ok(await who.upload(main, { content: 'text', name: 'a.txt', ...options })).attachment.id
}

async function commentWithFiles(who: TestPerson, internal: boolean): Promise<string> {
  const attachmentIds = [await file(who, { draft: true }), await file(who, { draft: true })]
  const body = { body: 'See here', internal, attachmentIds }
  return ok(await who.call('addComment', { params: { id: main }, body })).comment.id
}

async function fileOfComment(who: TestPerson, body: string): Promise<string> {
  const id = await file(who, { draft: true })
  ok(
    await who.call('addComment', {
      params: { id: main },
      body: { body, attachmentIds: [id] },
    }),
  )
  return id
}

async function givePassword({ id }: TestPerson): Promise<string> {
  const password_hash = await hashPassword('the old one')
  await desk.db.updateTable('people').set({ password_hash }).where('id', '=', id).execute()
  return 'the old one'
}

async function invite(name: string): Promise<{ id: string; token: string }> {
  const body = { name, email: `${name}@desk.example`, role: 'sales' as const }
  const { person, invitation } = ok(await root.call('invite', { body }))
  return { id: person.id, token: invitation?.token ?? '' }
}

test.for(rows)(
  '[RS5] [DL7] $of: $case: live and replayed it shows what a new screen shows',
  async ({ make, asks }) => {
    const callsBefore = screens.map(({ steady }) => steady.calls())
    await Promise.all(screens.map(({ cut }) => cut.cut()))
    await make()
    await Promise.all(screens.map(({ cut }) => cut.join()))
    await Promise.all(screens.map(({ person, steady, cut }) => expectFresh(person, [steady, cut])))
    const asked = screens.map(({ steady }, index) => steady.calls() - (callsBefore[index] ?? 0))
    expect(asks === true ? [] : asked.filter((count) => count > 0)).toEqual([])
  },
)

test('[RS5] [RD11] each part of a history that is loaded in parts shows what a new read shows', async () => {
  const id = await create(creator, 'Long')
  const ids: string[] = []
  while (ids.length < 130) {
    const body = { body: `Comment ${ids.length}`, internal: ids.length % 10 === 0 }
    ids.push(ok(await admin.call('addComment', { params: { id }, body })).comment.id)
  }
  const [outside = '', edited = '', removed = '', inNewest = ''] = [2, 41, 42, 125].map(
    (index) => ids[index],
  )
  const openInParts = async (person: TestPerson) => {
    const live = await openLiveDesk(desk.url, person)
    live.desk.openTicket(id)
    await vi.waitFor(() => expect(live.desk.state.tickets.get(id)?.status).toBe('ready'))
    await live.desk.loadTimeline(id, { around: edited })
    return live
  }
  const shown = ({ desk: { state } }: LiveDesk) => {
    const open = state.tickets.get(id)
    return open?.status === 'ready' ? { ...open, seenAtOpen: 0 } : undefined
  }
  const people = [creator, admin]
  const live = await Promise.all(people.flatMap((who) => [openInParts(who), openInParts(who)]))
  for (const screen of live) expect(shown(screen)?.gaps).toHaveLength(2)

  const cut = live.filter((_, index) => index % 2 === 1)
  await Promise.all(cut.map((screen) => screen.cut()))
  for (const comment of [outside, edited, inNewest])
    ok(await admin.call('editComment', { params: { id: comment }, body: { body: 'Corrected' } }))
  ok(await admin.call('deleteComment', { params: { id: removed } }))
  ok(await creator.call('addComment', { params: { id }, body: { body: 'The last' } }))
  await Promise.all(cut.map((screen) => screen.join()))

  for (const [index, person] of people.entries()) {
    const fresh = await openInParts(person)
    const open = shown(fresh)
    if (open === undefined) throw new Error('it was open')
    // The newest page now begins a line later than the first time: there was one line fewer then.
    const [first, last] = open.gaps
    const newest = open.timeline.filter(({ seq }) => seq >= (last?.before ?? 0))
    const part = open.timeline.filter(({ seq }) => seq <= (last?.after ?? 0))
    expect(part.length).toBeGreaterThan(20)
    for (const screen of live.slice(2 * index, 2 * index + 2)) {
      await vi.waitFor(() => {
        const now = shown(screen)
        expect(now?.timeline.slice(0, part.length)).toEqual(part)
        expect(now?.timeline.slice(-newest.length)).toEqual(newest)
        expect(now?.timeline).toHaveLength(part.length + newest.length + 1)
        expect(now?.gaps[0]).toEqual(first)
        expect(now?.ticket).toEqual(open.ticket)
      })
    }
    await fresh.stop()
  }
  await Promise.all(live.map((screen) => screen.stop()))
})

test('[RS5] setUp: the first account exists for the person who signs in with it', async () => {
  await using fresh = await startTestDesk()
  const token = new URL(fresh.app.setUpUrl ?? '').searchParams.get('token')
  const response = await fetch(`${fresh.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token,
      name: 'First',
      email: 'first@desk.example',
      password: 'seven pianos in the sun',
    }),
  })
  expect(response.status).toBe(201)
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  const people = await fetch(`${fresh.url}/api/people`, { headers: { cookie } })
  expect(await people.json()).toMatchObject({ people: [{ name: 'First', role: 'super_admin' }] })
})

test('every function that makes a change has its rows', async () => {
  const makers = await Promise.all(
    ['tickets/changes', 'tickets/tags', 'people', 'settings'].map(changesIn),
  )
  const tested = new Set([...rows.map(({ of }) => of), 'setUp'])
  // Looks are written by SQL of their own.
  expect([...tested].toSorted()).toEqual([...makers.flat(), 'markSeen'].toSorted())
})

/** The exported functions of a folder that append to the log. */
async function changesIn(folder: string): Promise<string[]> {
  const directory = path.join(import.meta.dirname, '..', folder)
  const names = (await readdir(directory)).filter((name) => !name.includes('.test.'))
  const texts = await Promise.all(names.map((name) => readFile(path.join(directory, name), 'utf8')))
  return texts.flatMap((text) =>
    text
      .split(/^(?=(?:export )?(?:async )?function )/m)
      .filter(
        (part) => part.startsWith('export') && /\b(?:change|append|beginSession)\(/.test(part),
      )
      .map((part) => /function (\w+)/.exec(part)?.[1] ?? ''),
  )
}
