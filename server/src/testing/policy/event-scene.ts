import { randomUUID } from 'node:crypto'
import type { Body, Priority, Status } from '@deskbell/contract'
import type { TestDesk, TestPerson } from '../index.ts'
import { closeAged } from '../close-aged.ts'
import { endSnoozeOf } from '../end-snooze-of.ts'
import type { Others, Relation, RoleName } from './relationships.ts'

type Who = `${RoleName} ${Relation}`

/**
 * A ticket, a person of every kind around it, and everything that can happen to it. The actors are staff whom no rule
 * is about.
 */
export interface EventScene {
  staff: TestPerson
  /** A word that only people on the ticket may get. */
  secret: string
  createTicket(priority: Priority): Promise<void>
  edit(body: Body<'editTicket'>): Promise<void>
  watch(userId: string): Promise<void>
  somebody(): Promise<string>
  move(status: Status): Promise<void>
  prioritise(priority: Priority): Promise<void>
  /** A new tag. */
  tag(internal: boolean): Promise<string>
  mergedTag(internal: boolean): Promise<void>
  /** The first use of a public tag. */
  usedTag(): Promise<void>
  /** A new tag, deleted. */
  deletedTag(internal: boolean): Promise<void>
  /** A new tag on the ticket. */
  tagged(internal: boolean): Promise<void>
  comment(internal: boolean): Promise<string>
  editedComment(internal: boolean): Promise<void>
  deletedComment(internal: boolean): Promise<void>
  commentWithFile(internal: boolean): Promise<string>
  deletedCommentWithFile(internal: boolean): Promise<void>
  file(internal: boolean): Promise<string>
  deletedFile(internal: boolean): Promise<void>
  whileFormerWatch(happens: () => Promise<unknown>): Promise<void>
  see(who: Who): Promise<void>
  /** The creator asks, and this person is the first who looks. */
  firstLook(who: Who): Promise<void>
  /** Staff write, and this person is done with it. */
  finishOne(who: Who): Promise<void>
  finishAll(who: Who): Promise<void>
  /** Staff write, and the time of this person's snooze comes. */
  endSnooze(who: Who): Promise<void>
  gain(who: Who): Promise<void>
  lose(who: Who): Promise<void>
  endOneSession(who: Who): Promise<void>
  renameCreator(): Promise<void>
  rename(who: Who): Promise<void>
  invite(): Promise<void>
  settle(who: Who): Promise<void>
  configure(): Promise<void>
  closeByItself(): Promise<void>
}

interface EventSceneParts {
  desk: TestDesk
  others: Others
  /** The people that the rules are about, by role and relation to the ticket. */
  people: ReadonlyMap<string, TestPerson>
  creator: TestPerson
  ticketId: string
}

/** Words in texts for everyone on a ticket, and in texts for staff alone. */
export const secrets = { onTicket: 'Crocodile', staff: 'Armadillo' }

export function createEventScene(parts: EventSceneParts): EventScene {
  const { desk, others, people, creator, ticketId } = parts
  const { staff, root } = others
  const params = { id: ticketId }
  let theme = false

  function someone(who: Who): TestPerson {
    const person = people.get(who)
    if (person === undefined) throw new Error(`nobody is ${who}`)
    return person
  }

  const textOf = (internal: boolean) =>
    `${internal ? secrets.staff : secrets.onTicket} ${randomUUID()}`

  async function tag(internal: boolean): Promise<string> {
    // The name of a public tag is no secret.
    const name = `${internal ? secrets.staff : 'Tag'} ${randomUUID().slice(0, 8)}`
    return done(await staff.call('createTag', { body: { name, color: 'red', internal } })).item.id
  }

  /** A tag that is there without an event. */
  async function storedTag(kind: { internal: boolean; used: boolean }): Promise<string> {
    const id = randomUUID()
    await desk.db
      .insertInto('tags')
      .values({ id, name: id, color: 'red', ...kind })
      .execute()
    return id
  }

  async function comment(internal: boolean, attachmentIds: string[] = []): Promise<string> {
    const body = { body: textOf(internal), internal, attachmentIds }
    return done(await staff.call('addComment', { params, body })).comment.id
  }

  async function file(internal: boolean, draft = false): Promise<string> {
    const name = `${textOf(internal)}.txt`
    return done(await staff.upload(ticketId, { content: 'x', name, internal, draft })).attachment.id
  }

  const commentWithFile = async (internal: boolean) =>
    comment(internal, [await file(internal, true)])

  async function deleteComment(id: string): Promise<void> {
    done(await staff.call('deleteComment', { params: { id } }))
  }

  async function setWatching(userId: string, watches: boolean): Promise<void> {
    const name = watches ? 'watch' : 'unwatch'
    done(await staff.call(name, { params: { id: ticketId, userId } }))
  }

  async function rename(person: TestPerson): Promise<void> {
    done(await person.call('editMe', { body: { name: `Renamed ${randomUUID()}` } }))
  }

  return {
    staff,
    secret: secrets.onTicket,
    async createTicket(priority) {
      const body = { title: secrets.onTicket, description: '', priority }
      done(await creator.call('createTicket', { body }))
    },
    async edit(body) {
      done(await staff.call('editTicket', { params, body }))
    },
    watch: (userId) => setWatching(userId, true),
    somebody: async () => (await desk.someone('sales')).id,
    async move(status) {
      done(await staff.call('changeStatus', { params, body: { status } }))
    },
    async prioritise(priority) {
      done(await staff.call('changePriority', { params, body: { priority } }))
    },
    tag,
    async mergedTag(internal) {
      const [id, into] = [await tag(internal), await storedTag({ internal, used: true })]
      done(await staff.call('mergeTag', { params: { id }, body: { into } }))
    },
    async usedTag() {
      const add = [await storedTag({ internal: false, used: false })]
      done(await staff.call('setTags', { params, body: { add } }))
    },
    async deletedTag(internal) {
      done(await staff.call('deleteTag', { params: { id: await tag(internal) } }))
    },
    async tagged(internal) {
      done(await staff.call('setTags', { params, body: { add: [await tag(internal)] } }))
    },
    comment: (internal) => comment(internal),
    async editedComment(internal) {
      const id = await comment(internal)
      const body = { body: textOf(internal) }
      done(await staff.call('editComment', { params: { id }, body }))
    },
    deletedComment: async (internal) => deleteComment(await comment(internal)),
    commentWithFile,
    deletedCommentWithFile: async (internal) => deleteComment(await commentWithFile(internal)),
    file: (internal) => file(internal),
    async deletedFile(internal) {
      done(await staff.call('deleteAttachment', { params: { id: await file(internal) } }))
    },
    async whileFormerWatch(happens) {
      const former = [...people].flatMap(([who, { id }]) => (who.endsWith('former') ? [id] : []))
      for (const id of former) await setWatching(id, true)
      await happens()
      for (const id of former) await setWatching(id, false)
    },
    async see(who) {
      await comment(false)
      const body = { seq: Number.MAX_SAFE_INTEGER }
      done(await someone(who).call('markSeen', { params, body }))
    },
    async firstLook(who) {
      done(await creator.call('addComment', { params, body: { body: textOf(false) } }))
      const body = { seq: Number.MAX_SAFE_INTEGER }
      done(await someone(who).call('markSeen', { params, body }))
    },
    async finishOne(who) {
      await comment(false)
      const body = { doneUpTo: Number.MAX_SAFE_INTEGER }
      done(await someone(who).call('editNotification', { params: { ticketId }, body }))
    },
    async finishAll(who) {
      await comment(false)
      const body = { upTo: Number.MAX_SAFE_INTEGER }
      done(await someone(who).call('finishNotifications', { body }))
    },
    async endSnooze(who) {
      await comment(false)
      await endSnoozeOf(desk.db, someone(who).id, ticketId)
    },
    gain: (who) => setWatching(someone(who).id, true),
    lose: (who) => setWatching(someone(who).id, false),
    async endOneSession(who) {
      const session = await desk.again(someone(who))
      done(await session.call('signOut'))
    },
    renameCreator: () => rename(creator),
    rename: (who) => rename(someone(who)),
    async invite() {
      const body = {
        name: `New ${randomUUID()}`,
        email: `${randomUUID()}@desk.example`,
        role: 'sales' as const,
      }
      done(await root.call('invite', { body }))
    },
    async configure() {
      const { closeAfterDays } = done(await root.call('deskSettings')).settings
      done(await root.call('editDeskSettings', { body: { closeAfterDays: closeAfterDays + 1 } }))
    },
    async closeByItself() {
      done(await staff.call('changeStatus', { params, body: { status: 'resolved' } }))
      await closeAged(desk.db, ticketId)
    },
    async settle(who) {
      theme = !theme
      const body = { settings: { theme: theme ? ('dark' as const) : ('light' as const) } }
      done(await someone(who).call('editMe', { body }))
    },
  }
}

function done<T>({ status, body }: { status: number; body: T }): T {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}
