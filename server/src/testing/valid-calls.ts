import { fields, plainFields } from '@deskbell/contract'
import type { Body, Params, Query, RouteName } from '@deskbell/contract'
import { fieldSamples } from '@deskbell/contract/testing'
import { issueLink } from '../people/links.ts'
import { unsubscribeToken } from './unsubscribe-token.ts'
import { hashPassword } from '../people/secrets.ts'
import { pushSubscription } from './push-subscription.ts'
import type { TestDesk, TestPerson } from './test-desk.ts'

/** Of every field that a call may have: a value. */
const fieldValues = Object.fromEntries(plainFields.map((name) => [name, fieldSamples[name][0]]))
const fieldFilters: Record<string, string> = Object.fromEntries(
  plainFields
    .filter((name) => 'filter' in fields[name])
    .map((name) => [name, String(fieldValues[name])]),
)

export interface ValidCall {
  /** A super admin, so that no call is refused because of its actor. */
  by: TestPerson
  params?: Record<string, string>
  query?: Record<string, string>
  body?: Record<string, unknown>
}

type TypedCall<N extends RouteName> = Pick<ValidCall, 'by'> & {
  params?: Params<N>
  query?: Query<N>
  body?: Body<N>
}

/** One accepted call per route, with every field that it may have. Tests change these into wrong ones. */
export async function validCalls(desk: TestDesk): Promise<Record<RouteName, ValidCall>> {
  const by = await desk.someone('super_admin', 'Root')
  const leaving = await desk.again(by)
  // Its session ends when the browser signs in again.
  const replaced = await desk.again(by)
  const confirmed = await desk.again(by)
  const elsewhere = (await (await desk.again(by)).call('mySessions')).body.sessions[0]
  // Her other sessions end.
  const changing = await desk.someone('super_admin', 'Ruth')
  const colleague = await desk.someone('admin', 'Ada')
  const password = 'seven pianos in the sun'
  const password_hash = await hashPassword(password)
  await desk.db
    .updateTable('people')
    .set({ password_hash })
    .where('id', 'in', [by.id, changing.id])
    .execute()

  const ticket = await by.call('createTicket', { body: { title: 'Printer', description: '' } })
  const { id } = ticket.body.ticket
  const comments = await Promise.all(
    ['one', 'two'].map((body) => by.call('addComment', { params: { id }, body: { body } })),
  )
  const [edited = '', deleted = ''] = comments.map((made) => made.body.comment.id)
  const files = await Promise.all(
    [false, false, true].map((draft) => by.upload(id, { content: 'text', draft })),
  )
  // On a ticket without a comment of hers the number of a new draft is 0.
  const quiet = await by.call('createTicket', { body: { title: 'Scanner', description: '' } })
  const ofDraft = { id: quiet.body.ticket.id, kind: 'note' } as const
  const unsent = await by.upload(ofDraft.id, { content: 'text', draft: true })
  const { key: pushKey } = (await by.call('pushKey')).body
  const [kept = '', removed = '', draft = ''] = files.map((made) => made.body.attachment.id)
  const tags = await Promise.all(
    ['Printer', 'Plotter', 'Unused', 'Merged'].map((name) =>
      by.call('createTag', { body: { name, color: 'blue', internal: false } }),
    ),
  )
  const [tag = '', otherTag = '', unused = '', merged = ''] = tags.map((made) => made.body.item.id)
  await colleague.call('addComment', { params: { id }, body: { body: 'three' } })
  async function token(): Promise<string> {
    const invited = await desk.someone('sales', 'Ina')
    return (await issueLink(desk.db, 'invitation', invited.id)).token
  }
  const of = { id: colleague.id }
  const unsubscribing = await unsubscribeToken(desk.db, by.id)

  const calls: { [N in RouteName]: TypedCall<N> } = {
    setUp: { by, body: { token: 'token', name: 'Root', email: 'new@desk.example', password } },
    setUpState: { by },
    signIn: { by: replaced, body: { email: `${by.id}@desk.example`, password } },
    signOut: { by: leaving },
    session: { by },
    me: { by },
    editMe: { by, body: { name: 'Rhoda', settings: { theme: 'dark' } } },
    changePassword: { by: changing, body: { current: password, password: 'longer than that' } },
    confirmSession: { by: confirmed, body: { password } },
    mySessions: { by },
    endMySession: { by, params: { id: elsewhere?.id ?? '' } },
    endMyOtherSessions: { by, query: { others: 'true' } },
    dismissFailedSignIns: { by, query: { until: '2026-11-28T10:00:00.000Z' } },
    tickets: {
      by,
      query: {
        ...fieldFilters,
        status: 'open,closed',
        priority: 'low,medium',
        assignee: 'none',
        creator: 'me',
        tag,
        tagMode: 'any',
        q: 'printer tag:Printer',
        sort: '-priority',
        limit: '10',
      },
    },
    counters: { by },
    missed: { by, query: { since: '2026-11-28T10:00:00.000Z' } },
    createTicket: {
      by,
      body: {
        id: '01980000-0000-7000-8000-000000000001',
        title: 'Paper',
        description: 'None left',
        priority: 'high',
      },
    },
    ticket: { by, params: { ref: id } },
    timeline: { by, params: { ref: id }, query: { around: edited, limit: '10' } },
    files: { by, params: { ref: id }, query: { after: removed, limit: '10' } },
    editTicket: {
      by,
      params: { id },
      body: { ...fieldValues, title: 'Plotter', assigneeId: by.id, version: 1_000_000 },
    },
    changeStatus: { by, params: { id }, body: { status: 'waiting', version: 1_000_000 } },
    changePriority: { by, params: { id }, body: { priority: 'low', version: 1_000_000 } },
    setTags: { by, params: { id }, body: { add: [tag], remove: [otherTag] } },
    markSeen: { by, params: { id }, body: { seq: 1_000_000 } },
    addComment: {
      by,
      params: { id },
      body: {
        id: '01980000-0000-7000-8000-000000000002',
        body: 'We look',
        internal: true,
        attachmentIds: [draft],
        seenVersion: 1_000_000,
      },
    },
    saveDraft: {
      by,
      params: ofDraft,
      body: { body: 'Half a thought', attachmentIds: [unsent.body.attachment.id], rev: 0 },
    },
    discardDraft: { by, params: { ...ofDraft, kind: 'reply' }, query: { rev: '0' } },
    earlierDrafts: { by, params: ofDraft },
    drafts: { by, query: { ticketId: id } },
    comment: { by, params: { id: edited } },
    editComment: { by, params: { id: edited }, body: { body: 'We looked' } },
    deleteComment: { by, params: { id: deleted } },
    attach: { by, params: { id } },
    attachment: { by, params: { id: kept } },
    deleteAttachment: { by, params: { id: removed } },
    watch: { by, params: { id, userId: colleague.id } },
    unwatch: { by, params: { id, userId: colleague.id } },
    pushKey: { by },
    savePushSubscription: { by, body: { ...pushSubscription, key: pushKey ?? '' } },
    deletePushSubscription: { by },
    notifications: { by, query: { filter: 'unread', after: 'u1000000', limit: '10' } },
    notificationCount: { by },
    editNotification: {
      by,
      params: { ticketId: id },
      body: {
        doneUpTo: 1,
        unread: false,
        snoozedUntil: new Date(Date.now() + 3_600_000).toISOString(),
        muted: true,
      },
    },
    finishNotifications: { by, body: { upTo: 1 } },
    people: { by },
    invite: { by, body: { email: 'ines@desk.example', name: 'Ines', role: 'sales' } },
    person: { by, params: of },
    editPerson: { by, params: of, body: { role: 'admin', active: true } },
    endSessions: { by, params: of },
    issueLink: { by, params: of },
    withdrawLink: { by, params: of },
    names: { by },
    notificationSettings: { by },
    editNotificationSettings: {
      by,
      body: { email: { mentioned: false, assigned: true, reply: false } },
    },
    emailState: { by },
    unsubscribePage: { by, params: { token: unsubscribing } },
    unsubscribe: { by, params: { token: unsubscribing } },
    deskSettings: { by },
    editDeskSettings: { by, body: { closeAfterDays: 30 } },
    tags: { by },
    tag: { by, params: { id: tag } },
    editTag: { by, params: { id: tag }, body: { name: 'Printers', color: 'red', archived: false } },
    deleteTag: { by, params: { id: unused } },
    mergeTag: { by, params: { id: merged }, body: { into: otherTag } },
    createTag: {
      by,
      body: {
        id: '01980000-0000-7000-8000-000000000003',
        name: 'Broken',
        color: 'red',
        internal: true,
      },
    },
    storage: { by },
    audit: { by, query: { kind: 'signIn.succeeded', person: by.id, after: 1_000_000, limit: 10 } },
    auditCsv: { by, query: { kind: 'signIn.succeeded', person: by.id } },
    invitation: { by, params: { token: await token() } },
    acceptInvitation: {
      by: replaced,
      params: { token: await token() },
      body: { password, name: 'Ada L.' },
    },
  }
  return calls as Record<RouteName, ValidCall>
}
