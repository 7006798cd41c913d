import { randomInt, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { errors, paths } from '@deskbell/contract'
import type {
  Body,
  DraftKind,
  ErrorBody,
  Params,
  Query,
  Role,
  RouteName,
  Status,
} from '@deskbell/contract'
import { issueLink } from '../../people/links.ts'
import { hashToken } from '../../people/secrets.ts'
import type { TestDesk, TestPerson } from '../index.ts'
import { unsubscribeToken } from '../unsubscribe-token.ts'
import type { Outcome } from './route-rules.ts'
import { ticketFor } from './relationships.ts'
import type { Others, Relationship } from './relationships.ts'

export interface Call<N extends RouteName> {
  params?: Params<N>
  query?: Query<N>
  body?: Body<N>
}

interface Made {
  by: 'person' | 'staff'
  internal?: boolean
}

/** The scene of one table row: a person, the relation to a ticket, and ways to make calls. */
export interface Scene extends Others {
  person: TestPerson
  ticketId: string
  /** An id that does not exist. */
  unknownId: string
  /** The person's password. */
  password: string
  outcome<N extends RouteName>(name: N, call?: Call<N>): Promise<Outcome>
  /** Whether the answer contains a text; the default is the ticket's id. */
  shown<N extends RouteName>(name: N, call: Call<N>, text?: string): Promise<Outcome>
  /** Whether the whole ticket contains a text this often, or nowhere. */
  shownTimes(text: string, times: number): Promise<Outcome>
  /** Calls without a session. */
  open<N extends RouteName>(name: N, call: Call<N>): Promise<Outcome>
  signIn(password: string): Promise<Outcome>
  accept(token: string): Promise<Outcome>
  edit(ticketId: string, body: Body<'editTicket'>): Promise<Outcome>
  changeStatus(from: Status, to: Status): Promise<Outcome>
  setTags(body: Body<'setTags'>): Promise<Outcome>
  createTag(body: { internal: boolean }): Promise<Outcome>
  say(body: Body<'addComment'>): Promise<Outcome>
  upload(file: { internal?: boolean; draft?: boolean }): Promise<Outcome>
  download(id: string): Promise<Outcome>
  deleteFile(id: string): Promise<Outcome>
  watch(ticketId: string, userId: string): Promise<Outcome>
  /** Another session of the person. */
  again(): Promise<Scene>
  /** Another session of the person, in which the password was entered eleven minutes ago. */
  longAfterPassword(): Promise<Scene>
  /** A session of the person, or of another one. */
  sessionOf(whose: 'person' | 'staff'): Promise<string>
  /** Another ticket to which the person has the same relation. */
  freshTicket(): Promise<string>
  move(ticketId: string, status: Status): Promise<void>
  number(): Promise<string>
  /** Adds a unique word to the ticket. */
  describe(): Promise<string>
  /** One of the staff sees the ticket. */
  look(): Promise<void>
  /** A new ticket with the person in the same relation, which nobody of the staff has looked at. */
  unlookedTicket(): Promise<string>
  byCreator(): Promise<Query<'tickets'>>
  /** The ticket's row in a list, if the list has it. */
  row(query: Query<'tickets'>): Promise<unknown>
  /** A new tag, made by staff. */
  tag(internal: boolean): Promise<string>
  /** A new tag on the ticket, put there by staff. */
  tagged(internal: boolean): Promise<string>
  /** The same, and its name. */
  taggedName(internal: boolean): Promise<string>
  comment(made: Made & { text?: string }): Promise<{ id: string; word: string }>
  file(made: Made & { draft?: boolean }): Promise<string>
  commentWithFile(made: { internal: boolean }): Promise<{ commentId: string; id: string }>
  fileOfComment(made: { internal: boolean }): Promise<string>
  noteBySomebodyElse(): Promise<string>
  /** Makes a comment or file 16 minutes old. */
  age(table: 'comments' | 'attachments', id: string): Promise<void>
  /** Writes a draft of the person in the database: some of the people could not save it any more. Returns its word. */
  draft(kind: DraftKind): Promise<string>
  /** The same for a text that the person discarded. */
  earlierDraft(kind: DraftKind): Promise<string>
  /** A reply that staff write on the ticket, and one that they discarded. Returns their words. */
  draftOfStaff(): Promise<{ word: string; earlier: string }>
  newcomer(): { name: string; email: string; password: string }
  emailOf(person: TestPerson): string
  colleague(role: Role): Promise<string>
  inactive(role: Role): Promise<string>
  link(of?: { active: boolean }): Promise<string>
  /** The token of an e-mail that tells the person of a mention. */
  unsubscribeToken(): Promise<string>
}

/** The status of a success, or the code of a refusal, which must match the table of errors. */
export function outcomeOf({ status, body }: { status: number; body: ErrorBody }): Outcome {
  if (status === 200 || status === 201 || status === 204) return status
  const row = Object.entries(errors).find(([code]) => code === body.code)
  const isRow = row !== undefined && row[1][0] === status && row[1][1] === body.message
  if (!isRow || body.requestId === undefined) {
    throw new Error(`not a row of the table of errors: ${status} ${JSON.stringify(body)}`)
  }
  return body.code
}

export function createScene(
  desk: TestDesk,
  others: Others,
  { person, ticketId, relation }: Pick<Relationship, 'person' | 'ticketId' | 'relation'>,
  password: string,
): Scene {
  const { staff } = others
  const params = { id: ticketId }

  async function outcome<N extends RouteName>(name: N, call: Call<N> = {}): Promise<Outcome> {
    return outcomeOf(await person.call(name, call as object))
  }

  async function shown<N extends RouteName>(
    name: N,
    call: Call<N>,
    text = ticketId,
  ): Promise<Outcome> {
    const answer = await person.call(name, call as object)
    const refused = outcomeOf(answer)
    if (refused !== 200 && refused !== 'not.found') throw new Error(`answered ${refused}`)
    return JSON.stringify(answer.body).includes(text) ? 'shown' : 'hidden'
  }

  async function open<N extends RouteName>(name: N, call: Call<N>): Promise<Outcome> {
    const { params: values = {}, body } = call as { params?: object; body?: unknown }
    const [method, pattern] = paths[name]
    const path = Object.entries(values).reduce(
      (filled, [key, value]) => filled.replace(`:${key}`, String(value)),
      pattern as string,
    )
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(desk.url + path, {
      method,
      headers: { 'x-forwarded-for': someAddress(), ...type },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (response.ok) return outcomeOf({ status: response.status, body: {} as ErrorBody })
    return outcomeOf({ status: response.status, body: (await response.json()) as ErrorBody })
  }

  /** Changes the author in the database: some of the people could not create it any more. */
  async function give(table: 'comments' | 'attachments', id: string): Promise<void> {
    const column = sql.ref(table === 'comments' ? 'author_id' : 'uploader_id')
    await sql`update ${sql.table(table)} set ${column} = ${person.id} where id = ${id}`.execute(
      desk.db,
    )
  }

  async function comment({ by, internal = false, text = '' }: Made & { text?: string }) {
    const word = newWord()
    const made = await staff.call('addComment', {
      params,
      body: { body: `${text} ${word}`, internal },
    })
    const { id } = made.body.comment
    if (by === 'person') await give('comments', id)
    return { id, word }
  }

  async function file({ by, ...options }: Made & { draft?: boolean }): Promise<string> {
    // The number of drafts per person is limited. Drafts on other tickets belong to other cases that run now.
    await sql`
      delete from attachments where draft and uploader_id = ${staff.id} and ticket_id = ${ticketId}
    `.execute(desk.db)
    const made = await staff.upload(ticketId, { content: newWord(), ...options })
    const { id } = made.body.attachment
    if (by === 'person') await give('attachments', id)
    return id
  }

  async function commentWithFile({ internal }: { internal: boolean }) {
    const id = await file({ by: 'staff', draft: true, internal })
    const body = { body: 'See the file', internal, attachmentIds: [id] }
    const made = await staff.call('addComment', { params, body })
    return { commentId: made.body.comment.id, id }
  }

  async function draft(kind: DraftKind, of = person): Promise<string> {
    const body = newWord()
    const values = { person_id: of.id, ticket_id: ticketId, kind, body, attachment_ids: [] }
    await desk.db
      .insertInto('drafts')
      .values({ ...values, longer_body: null, rev: 1, updated_at: new Date() })
      .onConflict((conflict) =>
        conflict.columns(['person_id', 'ticket_id', 'kind']).doUpdateSet({ body, rev: 1 }),
      )
      .execute()
    return body
  }

  async function earlierDraft(kind: DraftKind, of = person): Promise<string> {
    const body = newWord()
    const values = { person_id: of.id, ticket_id: ticketId, kind, body }
    await desk.db
      .insertInto('earlier_drafts')
      .values({ ...values, id: randomUUID(), at: new Date() })
      .execute()
    return body
  }

  async function someoneElse(role: Role): Promise<TestPerson> {
    return desk.someone(role, `Colleague ${newWord()}`)
  }

  async function inactive(role: Role): Promise<string> {
    const { id } = await someoneElse(role)
    await desk.db.updateTable('people').set({ active: false }).where('id', '=', id).execute()
    return id
  }

  async function move(id: string, status: Status): Promise<void> {
    await staff.call('changeStatus', { params: { id }, body: { status } })
  }

  async function sessionIdOf({ cookie }: TestPerson): Promise<string> {
    const token = cookie.replace('deskbell=', '')
    const { id } = await desk.db
      .selectFrom('sessions')
      .select('id')
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirstOrThrow()
    return id
  }

  async function tag(internal: boolean): Promise<string> {
    const body = { name: newWord(), color: 'blue', internal } as const
    return (await staff.call('createTag', { body })).body.item.id
  }

  async function tagged(internal: boolean): Promise<string> {
    const id = await tag(internal)
    await staff.call('setTags', { params, body: { add: [id] } })
    return id
  }

  async function taggedName(internal: boolean): Promise<string> {
    const id = await tagged(internal)
    const { tags } = (await staff.call('tags')).body
    return tags.find((one) => one.id === id)?.name ?? ''
  }

  const freshTicket = () => ticketFor(others, person, relation)

  return {
    ...others,
    person,
    ticketId,
    unknownId: randomUUID(),
    password,
    outcome,
    shown,
    async shownTimes(text, times) {
      const answer = await person.call('ticket', { params: { ref: ticketId } })
      const found = JSON.stringify(answer.body).split(text).length - 1
      if (found !== 0 && found !== times) throw new Error(`shown ${found} times`)
      return found === 0 ? 'hidden' : 'shown'
    },
    open,
    signIn: (given) => open('signIn', { body: { email: emailOf(person), password: given } }),
    accept: (token) => open('acceptInvitation', { params: { token }, body: { password } }),
    edit: (id, body) => outcome('editTicket', { params: { id }, body }),
    async changeStatus(from, to) {
      const id = await freshTicket()
      await move(id, from)
      return outcome('changeStatus', { params: { id }, body: { status: to } })
    },
    setTags: (body) => outcome('setTags', { params, body }),
    createTag: (body) => outcome('createTag', { body: { name: newWord(), color: 'red', ...body } }),
    say: (body) => outcome('addComment', { params, body }),
    upload: async (options) =>
      outcomeOf(await person.upload(ticketId, { content: 'x', ...options })),
    download: (id) => outcome('attachment', { params: { id } }),
    deleteFile: (id) => outcome('deleteAttachment', { params: { id } }),
    watch: (id, userId) => outcome('watch', { params: { id, userId } }),
    async again() {
      const relationship = { person: await desk.again(person), ticketId, relation }
      return createScene(desk, others, relationship, password)
    },
    async longAfterPassword() {
      const again = await desk.again(person)
      await sql`update sessions set confirmed_at = now() - interval '11 minutes'
        where id = ${await sessionIdOf(again)}`.execute(desk.db)
      return createScene(desk, others, { person: again, ticketId, relation }, password)
    },
    sessionOf: async (whose) => sessionIdOf(whose === 'staff' ? staff : await desk.again(person)),
    unsubscribeToken: () => unsubscribeToken(desk.db, person.id),
    freshTicket,
    move,
    async number() {
      const { body } = await staff.call('ticket', { params: { ref: ticketId } })
      return String(body.ticket.number)
    },
    async describe() {
      const description = newWord()
      await staff.call('editTicket', { params, body: { description } })
      return description
    },
    async look() {
      await staff.call('markSeen', { params, body: { seq: Number.MAX_SAFE_INTEGER } })
    },
    async unlookedTicket() {
      const id = await freshTicket()
      await desk.db
        .updateTable('ticket_eyes')
        .set({ looked: false, looked_at: null })
        .where('ticket_id', '=', id)
        .execute()
      return id
    },
    async byCreator() {
      const { body } = await staff.call('ticket', { params: { ref: ticketId } })
      return { creator: body.ticket.creator.id, sort: 'created', limit: 100 }
    },
    async row(query) {
      const { body } = await person.call('tickets', { query })
      return body.items.find((item) => item.id === ticketId)
    },
    tag,
    tagged,
    taggedName,
    comment,
    file,
    commentWithFile,
    fileOfComment: async (made) => (await commentWithFile(made)).id,
    draft: (kind) => draft(kind),
    earlierDraft: (kind) => earlierDraft(kind),
    draftOfStaff: async () => ({
      word: await draft('reply', staff),
      earlier: await earlierDraft('reply', staff),
    }),
    async noteBySomebodyElse() {
      const author = await someoneElse('admin')
      await author.call('addComment', { params, body: { body: 'Psst', internal: true } })
      return author.id
    },
    async age(table, id) {
      await sql`update ${sql.table(table)} set created_at = now() - interval '16 minutes'
        where id = ${id}`.execute(desk.db)
    },
    newcomer: () => ({
      name: `Nele ${newWord()}`,
      email: `${newWord()}@desk.example`,
      password: 'seven pianos in the sun',
    }),
    emailOf,
    colleague: async (role) => (await someoneElse(role)).id,
    inactive,
    async link({ active } = { active: true }) {
      const id = active ? (await someoneElse('sales')).id : await inactive('sales')
      return (await issueLink(desk.db, 'password', id)).token
    },
  }
}

function emailOf({ id }: TestPerson): string {
  return `${id}@desk.example`
}

/** A unique word. */
function newWord(): string {
  return `w${randomUUID().replaceAll('-', '')}`
}

/** A random address, so that guesses of other cases do not block the sign-in. */
function someAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`
}
