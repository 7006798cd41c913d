import { mentionOf, plainFields } from '@deskbell/contract'
import type { ErrorCode, PlainField, Query, RouteName } from '@deskbell/contract'
import { fieldSamples } from '@deskbell/contract/testing'
import { pushSubscription } from '../push-subscription.ts'
import { all, onTicket, staffOnly } from './answers.ts'
import type { Answers } from './answers.ts'
import type { Scene } from './scene.ts'

/** The outcome of a call: a success, the code of a refusal, or whether the answer contains what the case is about. */
export type Outcome = 200 | 201 | 204 | 'shown' | 'hidden' | ErrorCode

interface RouteRule {
  case: string
  call: (scene: Scene) => Promise<Outcome>
  answers: Answers<Outcome>
}

/** Routes that work without a session. Every other route refuses such a call before anything else. */
export const openRoutes: readonly RouteName[] = [
  'setUp',
  'setUpState',
  'signIn',
  'invitation',
  'acceptInvitation',
  'unsubscribePage',
  'unsubscribe',
]

const superAdminOnly: Answers<Outcome> = {
  sales: 'forbidden',
  admin: 'forbidden',
  super_admin: 200,
}

const confirmedSuperAdminOnly: Answers<Outcome> = {
  ...superAdminOnly,
  super_admin: 'session.confirm',
}

const creatorAndStaff: Answers<Outcome> = {
  ...staffOnly<Outcome>(200, 'forbidden', 'not.found'),
  sales: { creator: 200, watcher: 'forbidden', former: 'not.found', stranger: 'not.found' },
}

/** Staff see every ticket, but only some of them concern them. */
const concerned = {
  creator: 'shown',
  watcher: 'shown',
  former: 'hidden',
  stranger: 'hidden',
} as const satisfies Answers<Outcome>['sales']

/** Why the newest event concerns the person, if the ticket does. */
async function reasonOf({ person }: Scene, ticketId: string, query: Query<'notifications'> = {}) {
  const { body } = await person.call('notifications', { query: { ...query, limit: 100 } })
  return body.items.find((item) => item.ticketId === ticketId)?.reason
}

/** Who may write each field of an active ticket. */
const fieldWriters: Record<PlainField, Answers<Outcome>> = {
  title: creatorAndStaff,
  description: creatorAndStaff,
}

/** The policy, as a full table per route. It does not use the policy of the contract: it states the outcomes. */
export const routeRules: Record<RouteName, RouteRule[]> = {
  setUp: [
    {
      case: 'once there is an account',
      call: (scene) => scene.open('setUp', { body: { ...scene.newcomer(), token: 'any' } }),
      answers: all('setup.done'),
    },
  ],
  setUpState: [
    {
      case: 'once there is an account',
      call: (scene) => scene.open('setUpState', {}),
      answers: all(200),
    },
  ],
  signIn: [
    {
      case: 'with the right password',
      call: (scene) => scene.signIn(scene.password),
      answers: all(200),
    },
    {
      case: 'with another password',
      call: (scene) => scene.signIn('not the password'),
      answers: all('session.refused'),
    },
  ],
  signOut: [
    {
      case: 'of one of one’s sessions',
      call: async (scene) => (await scene.again()).outcome('signOut'),
      answers: all(204),
    },
  ],
  session: [{ case: 'one’s own', call: (scene) => scene.outcome('session'), answers: all(200) }],
  me: [{ case: 'oneself', call: (scene) => scene.outcome('me'), answers: all(200) }],
  editMe: [
    {
      case: 'one’s settings',
      call: (scene) => scene.outcome('editMe', { body: { settings: { theme: 'dark' } } }),
      answers: all(200),
    },
  ],
  changePassword: [
    {
      case: 'knowing the current one',
      call: (scene) => {
        const { password } = scene
        return scene.outcome('changePassword', { body: { current: password, password } })
      },
      answers: all(200),
    },
    {
      case: 'not knowing the current one',
      call: (scene) =>
        scene.outcome('changePassword', {
          body: { current: 'a guess', password: 'seven pianos in the sun' },
        }),
      answers: all('password.wrong'),
    },
  ],
  confirmSession: [
    {
      case: 'with the right password',
      call: async (scene) =>
        (await scene.again()).outcome('confirmSession', { body: { password: scene.password } }),
      answers: all(204),
    },
    {
      case: 'with another password',
      call: (scene) => scene.outcome('confirmSession', { body: { password: 'a guess' } }),
      answers: all('password.wrong'),
    },
  ],
  mySessions: [
    {
      case: 'one’s own in it',
      call: async (scene) => scene.shown('mySessions', {}, await scene.sessionOf('person')),
      answers: all('shown'),
    },
    {
      case: 'another person’s in it',
      call: async (scene) => scene.shown('mySessions', {}, await scene.sessionOf('staff')),
      answers: all('hidden'),
    },
  ],
  endMySession: [
    {
      case: 'another one of one’s own',
      call: async (scene) =>
        scene.outcome('endMySession', { params: { id: await scene.sessionOf('person') } }),
      answers: all(200),
    },
    {
      case: 'another person’s',
      call: async (scene) =>
        scene.outcome('endMySession', { params: { id: await scene.sessionOf('staff') } }),
      answers: all('not.found'),
    },
  ],
  endMyOtherSessions: [
    {
      case: 'one’s own',
      call: (scene) => scene.outcome('endMyOtherSessions', { query: { others: 'true' } }),
      answers: all(200),
    },
  ],
  dismissFailedSignIns: [
    {
      case: 'one’s own',
      call: (scene) =>
        scene.outcome('dismissFailedSignIns', { query: { until: '2026-11-28T10:00:00.000Z' } }),
      answers: all(204),
    },
  ],
  tickets: [
    {
      case: 'a ticket that nobody of the staff has looked at',
      call: async (scene) => {
        const id = await scene.unlookedTicket()
        return scene.shown('tickets', { query: { eyes: 'none', sort: '-created', limit: 100 } }, id)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'the ticket in the list',
      call: async (scene) => scene.shown('tickets', { query: await scene.byCreator() }),
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    ...[false, true].flatMap((internal) => {
      const which = internal ? 'an internal tag' : 'a tag'
      const shown = internal
        ? staffOnly<Outcome>('shown', 'hidden', 'hidden')
        : onTicket<Outcome>('shown', 'hidden')
      return [
        {
          case: `the ticket by ${which}`,
          call: async (scene: Scene) =>
            scene.shown('tickets', { query: { tag: await scene.tagged(internal) } }),
          answers: shown,
        },
        {
          case: `the ticket by the name of ${which}`,
          call: async (scene: Scene) =>
            scene.shown('tickets', { query: { q: `tag:${await scene.taggedName(internal)}` } }),
          answers: shown,
        },
        {
          case: `the ticket without ${which}, which it has`,
          call: async (scene: Scene) => {
            const query = { ...(await scene.byCreator()), tag: await scene.tagged(internal) }
            return scene.shown('tickets', { query: { ...query, tagMode: 'none' } })
          },
          answers: staffOnly<Outcome>('hidden', internal ? 'shown' : 'hidden', 'hidden'),
        },
      ]
    }),
    {
      case: 'the ticket by a word of its description',
      call: async (scene) => {
        const word = await scene.describe()
        return scene.shown('tickets', { query: { q: word } })
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'the ticket by a word of a comment',
      call: async (scene) => {
        const { word } = await scene.comment({ by: 'staff' })
        return scene.shown('tickets', { query: { q: word } })
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'the ticket by a word of an internal note',
      call: async (scene) => {
        const { word } = await scene.comment({ by: 'staff', internal: true })
        return scene.shown('tickets', { query: { q: word } })
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'the ticket by a word of a removed comment',
      call: async (scene) => {
        const { word, id } = await scene.comment({ by: 'staff' })
        await scene.staff.call('deleteComment', { params: { id } })
        return scene.shown('tickets', { query: { q: word } })
      },
      answers: all('hidden'),
    },
    {
      case: 'an internal note as a match of a search',
      call: async (scene) => {
        const word = await scene.describe()
        const note = await scene.comment({ by: 'staff', internal: true, text: word })
        return scene.shown('tickets', { query: { q: word } }, note.word)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'that a note and an internal file are there, by the numbers of the row',
      call: async (scene) => {
        const query = await scene.byCreator()
        const before = await scene.row(query)
        await scene.comment({ by: 'staff', internal: true })
        await scene.file({ by: 'staff', internal: true })
        const after = await scene.row(query)
        return JSON.stringify(before) === JSON.stringify(after) ? 'hidden' : 'shown'
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
  ],
  counters: [
    {
      case: 'no ticket that nobody of the staff has looked at, where there is one',
      call: async (scene) => {
        await scene.unlookedTicket()
        return scene.shown('counters', {}, '"unseenByStaff":0')
      },
      answers: staffOnly<Outcome>('hidden', 'shown', 'shown'),
    },
    {
      case: 'the ticket among those counted',
      call: async (scene) => {
        const ticketId = await scene.freshTicket()
        const before = await scene.person.call('counters')
        await scene.move(ticketId, 'closed')
        const after = await scene.person.call('counters')
        return after.body.counters.closed > before.body.counters.closed ? 'shown' : 'hidden'
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
  ],
  pushKey: [
    { case: 'the desk’s', call: (scene) => scene.outcome('pushKey', {}), answers: all(200) },
  ],
  savePushSubscription: [
    {
      case: 'with another key than the desk’s',
      call: (scene) => scene.outcome('savePushSubscription', { body: pushSubscription }),
      answers: all('push.otherKey'),
    },
  ],
  deletePushSubscription: [
    {
      case: 'that of the session',
      call: (scene) => scene.outcome('deletePushSubscription', {}),
      answers: all(204),
    },
  ],
  missed: [
    {
      case: 'what others wrote',
      call: async (scene) => {
        const since = new Date().toISOString()
        const { word } = await scene.comment({ by: 'staff' })
        return scene.shown('missed', { query: { since } }, word)
      },
      answers: {
        ...onTicket<Outcome>('shown', 'hidden'),
        admin: concerned,
        super_admin: concerned,
      },
    },
    {
      case: 'an internal note',
      call: async (scene) => {
        const since = new Date().toISOString()
        const { word } = await scene.comment({ by: 'staff', internal: true })
        return scene.shown('missed', { query: { since } }, word)
      },
      answers: { sales: 'hidden', admin: concerned, super_admin: concerned },
    },
  ],
  notifications: [
    {
      case: 'a reply',
      call: async (scene) => {
        const id = await scene.freshTicket()
        await scene.staff.call('addComment', { params: { id }, body: { body: 'Look' } })
        return (await reasonOf(scene, id)) === 'reply' ? 'shown' : 'hidden'
      },
      answers: {
        ...onTicket<Outcome>('shown', 'hidden'),
        admin: concerned,
        super_admin: concerned,
      },
    },
    {
      case: 'an internal note',
      call: async (scene) => {
        const id = await scene.freshTicket()
        const body = { body: 'Psst', internal: true }
        await scene.staff.call('addComment', { params: { id }, body })
        return (await reasonOf(scene, id)) === 'reply' ? 'shown' : 'hidden'
      },
      answers: { sales: 'hidden', admin: concerned, super_admin: concerned },
    },
    {
      case: 'a ticket that became urgent',
      call: async (scene) => {
        const id = await scene.freshTicket()
        await scene.staff.call('changePriority', { params: { id }, body: { priority: 'urgent' } })
        return (await reasonOf(scene, id, { filter: 'urgent' })) === 'urgent' ? 'shown' : 'hidden'
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'what one did oneself',
      call: async (scene) => {
        const id = await scene.freshTicket()
        await scene.person.call('addComment', { params: { id }, body: { body: 'Look' } })
        return (await reasonOf(scene, id)) === 'reply' ? 'shown' : 'hidden'
      },
      answers: all('hidden'),
    },
  ],
  notificationCount: [
    {
      case: 'a reply',
      call: async (scene) => {
        const id = await scene.freshTicket()
        await scene.staff.call('addComment', { params: { id }, body: { body: 'Look' } })
        return scene.shown('notificationCount', {}, id)
      },
      answers: {
        ...onTicket<Outcome>('shown', 'hidden'),
        // Who was a watcher was notified of becoming one.
        admin: { ...concerned, former: 'shown' },
        super_admin: { ...concerned, former: 'shown' },
      },
    },
  ],
  editNotification: [
    {
      case: 'one’s own',
      call: async (scene) => {
        const id = await scene.freshTicket()
        await scene.staff.call('addComment', { params: { id }, body: { body: 'Look' } })
        const params = { ticketId: id }
        return scene.outcome('editNotification', { params, body: { muted: true } })
      },
      answers: {
        ...onTicket<Outcome>(200, 'not.found'),
        admin: { creator: 200, watcher: 200, former: 200, stranger: 'not.found' },
        super_admin: { creator: 200, watcher: 200, former: 200, stranger: 'not.found' },
      },
    },
    {
      case: 'a snooze until a time that has gone',
      call: async (scene) => {
        const id = await scene.freshTicket()
        await scene.staff.call('addComment', { params: { id }, body: { body: 'Look' } })
        const body = { snoozedUntil: '2026-11-28T10:00:00.000Z' }
        return scene.outcome('editNotification', { params: { ticketId: id }, body })
      },
      answers: {
        ...onTicket<Outcome>('request.invalid', 'not.found'),
        admin: {
          creator: 'request.invalid',
          watcher: 'request.invalid',
          former: 'request.invalid',
          stranger: 'not.found',
        },
        super_admin: {
          creator: 'request.invalid',
          watcher: 'request.invalid',
          former: 'request.invalid',
          stranger: 'not.found',
        },
      },
    },
    {
      case: 'of an unknown ticket',
      call: (scene) =>
        scene.outcome('editNotification', {
          params: { ticketId: scene.unknownId },
          body: { muted: true },
        }),
      answers: all('not.found'),
    },
  ],
  finishNotifications: [
    {
      case: 'one’s own',
      call: (scene) => scene.outcome('finishNotifications', { body: { upTo: 0 } }),
      answers: all(200),
    },
  ],
  createTicket: [
    {
      case: 'of any priority',
      call: (scene) =>
        scene.outcome('createTicket', {
          body: { title: 'Fire', description: '', priority: 'urgent' },
        }),
      answers: all(201),
    },
    {
      case: 'that mentions somebody who is on no ticket of theirs',
      call: async (scene) => {
        const description = mentionOf({ id: await scene.colleague('admin'), name: 'Them' })
        return scene.outcome('createTicket', { body: { title: 'Fire', description } })
      },
      answers: { sales: 'mention.unavailable', admin: 201, super_admin: 201 },
    },
    {
      case: 'with an id in use',
      call: (scene) =>
        scene.outcome('createTicket', {
          body: { id: scene.ticketId, title: 'Mine now', description: '' },
        }),
      answers: all('request.invalid'),
    },
  ],
  ticket: [
    {
      case: 'nobody who has seen it, where somebody has',
      call: async (scene) => {
        await scene.look()
        return scene.shown('ticket', { params: { ref: scene.ticketId } }, '"seenBy":[]')
      },
      answers: {
        ...onTicket<Outcome>('shown', 'hidden'),
        admin: 'hidden',
        super_admin: 'hidden',
      },
    },
    {
      case: 'how many of the staff have looked',
      call: (scene) => scene.shown('ticket', { params: { ref: scene.ticketId } }, '"people":'),
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'whether somebody of the staff has looked at it, in its row',
      call: (scene) => scene.shown('ticket', { params: { ref: scene.ticketId } }, '"looked"'),
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'by id',
      call: (scene) => scene.outcome('ticket', { params: { ref: scene.ticketId } }),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'by number',
      call: async (scene) => scene.outcome('ticket', { params: { ref: await scene.number() } }),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'with an unknown id',
      call: (scene) => scene.outcome('ticket', { params: { ref: scene.unknownId } }),
      answers: all('not.found'),
    },
    {
      case: 'a tag on it, in its row and in its history',
      call: async (scene) => scene.shownTimes(await scene.tagged(false), 2),
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'an internal tag on it',
      call: async (scene) => scene.shownTimes(await scene.tagged(true), 2),
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'a comment in it',
      call: async (scene) => {
        const { word } = await scene.comment({ by: 'staff' })
        return scene.shown('ticket', { params: { ref: scene.ticketId } }, word)
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'an internal note in it',
      call: async (scene) => {
        const { word } = await scene.comment({ by: 'staff', internal: true })
        return scene.shown('ticket', { params: { ref: scene.ticketId } }, word)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'a file in it',
      call: async (scene) => {
        const id = await scene.file({ by: 'staff' })
        return scene.shown('ticket', { params: { ref: scene.ticketId } }, id)
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'an internal file in it',
      call: async (scene) => {
        const id = await scene.file({ by: 'staff', internal: true })
        return scene.shown('ticket', { params: { ref: scene.ticketId } }, id)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'a file of an internal note in it',
      call: async (scene) => {
        const id = await scene.fileOfComment({ internal: true })
        return scene.shown('ticket', { params: { ref: scene.ticketId } }, id)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'another person’s draft in it',
      call: async (scene) => {
        const id = await scene.file({ by: 'staff', draft: true })
        return scene.shown('ticket', { params: { ref: scene.ticketId } }, id)
      },
      answers: all('hidden'),
    },
  ],
  timeline: [
    {
      case: 'from its beginning',
      call: (scene) =>
        scene.outcome('timeline', { params: { ref: scene.ticketId }, query: { after: '0' } }),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'of an unknown id',
      call: (scene) =>
        scene.outcome('timeline', { params: { ref: scene.unknownId }, query: { after: '0' } }),
      answers: all('not.found'),
    },
    {
      case: 'around a comment',
      call: async (scene) => {
        const { id, word } = await scene.comment({ by: 'staff' })
        const call = { params: { ref: scene.ticketId }, query: { around: id } }
        return scene.shown('timeline', call, word)
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'around an internal note',
      call: async (scene) => {
        const { id } = await scene.comment({ by: 'staff', internal: true })
        return scene.outcome('timeline', {
          params: { ref: scene.ticketId },
          query: { around: id },
        })
      },
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
    {
      case: 'around a comment of another ticket',
      call: async (scene) => {
        const ticketId = await scene.freshTicket()
        const { id } = await scene.comment({ by: 'staff' })
        return scene.outcome('timeline', { params: { ref: ticketId }, query: { around: id } })
      },
      answers: all('not.found'),
    },
    {
      case: 'an internal note in it',
      call: async (scene) => {
        const { word } = await scene.comment({ by: 'staff', internal: true })
        const call = { params: { ref: scene.ticketId }, query: { before: '999999999999999' } }
        return scene.shown('timeline', call, word)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'a file in it',
      call: async (scene) => {
        const id = await scene.file({ by: 'staff' })
        const call = { params: { ref: scene.ticketId }, query: { before: '999999999999999' } }
        return scene.shown('timeline', call, id)
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'a file of an internal note in it',
      call: async (scene) => {
        const id = await scene.fileOfComment({ internal: true })
        const call = { params: { ref: scene.ticketId }, query: { before: '999999999999999' } }
        return scene.shown('timeline', call, id)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
  ],
  files: [
    {
      case: 'a file',
      call: async (scene) => {
        const id = await scene.file({ by: 'staff' })
        return scene.shown('files', { params: { ref: scene.ticketId } }, id)
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'an internal file',
      call: async (scene) => {
        const id = await scene.file({ by: 'staff', internal: true })
        return scene.shown('files', { params: { ref: scene.ticketId } }, id)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'another person’s draft',
      call: async (scene) => {
        const id = await scene.file({ by: 'staff', draft: true })
        return scene.shown('files', { params: { ref: scene.ticketId } }, id)
      },
      answers: all('hidden'),
    },
  ],
  editTicket: [
    ...plainFields.map((name) => ({
      case: `its ${name}`,
      call: (scene: Scene) => scene.edit(scene.ticketId, { [name]: fieldSamples[name][0] }),
      answers: fieldWriters[name],
    })),
    ...(['resolved', 'closed'] as const).map((status) => ({
      case: `its description, once it is ${status}`,
      call: async (scene: Scene) => {
        const ticketId = await scene.freshTicket()
        await scene.move(ticketId, status)
        return scene.edit(ticketId, { description: 'It burns' })
      },
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    })),
    {
      case: 'its assignee',
      call: (scene) => scene.edit(scene.ticketId, { assigneeId: scene.staff.id }),
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    },
    {
      case: 'its assignee, to a person who is not staff',
      call: (scene) => scene.edit(scene.ticketId, { assigneeId: scene.owner.id }),
      answers: staffOnly<Outcome>('ticket.assigneeUnavailable', 'forbidden', 'not.found'),
    },
    {
      case: 'its assignee, to a deactivated person',
      call: async (scene) =>
        scene.edit(scene.ticketId, { assigneeId: await scene.inactive('admin') }),
      answers: staffOnly<Outcome>('ticket.assigneeUnavailable', 'forbidden', 'not.found'),
    },
  ],
  changeStatus: [
    ...(
      [
        ['open', 'closed'],
        ['in_progress', 'closed'],
        ['waiting', 'closed'],
        ['resolved', 'closed'],
        ['resolved', 'open'],
        ['closed', 'open'],
      ] as const
    ).map(([from, to]) => ({
      case: `${from} to ${to}`,
      call: (scene: Scene) => scene.changeStatus(from, to),
      answers: {
        sales: {
          creator: 200,
          watcher: 'forbidden',
          former: 'not.found',
          stranger: 'not.found',
        },
        admin: 200,
        super_admin: 200,
      } as const,
    })),
    ...(
      [
        ['open', 'in_progress'],
        ['open', 'waiting'],
        ['open', 'resolved'],
        ['in_progress', 'open'],
        ['waiting', 'open'],
        ['closed', 'resolved'],
        ['closed', 'in_progress'],
      ] as const
    ).map(([from, to]) => ({
      case: `${from} to ${to}`,
      call: (scene: Scene) => scene.changeStatus(from, to),
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    })),
  ],
  changePriority: [
    {
      case: 'upwards',
      call: (scene) =>
        scene.outcome('changePriority', {
          params: { id: scene.ticketId },
          body: { priority: 'high' },
        }),
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    },
  ],
  setTags: [
    {
      case: 'a public one',
      call: async (scene) => scene.setTags({ add: [await scene.tag(false)] }),
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    },
    {
      case: 'an internal one',
      call: async (scene) => scene.setTags({ add: [await scene.tag(true)] }),
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    },
    {
      case: 'an unknown one',
      call: (scene) => scene.setTags({ add: [scene.unknownId] }),
      answers: staffOnly<Outcome>('tag.deleted', 'forbidden', 'not.found'),
    },
    {
      case: 'to take one away',
      call: async (scene) => scene.setTags({ remove: [await scene.tagged(false)] }),
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    },
  ],
  markSeen: [
    {
      case: 'by oneself',
      call: (scene) =>
        scene.outcome('markSeen', { params: { id: scene.ticketId }, body: { seq: 1 } }),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
  ],
  addComment: [
    {
      case: 'for everyone on the ticket',
      call: (scene) => scene.say({ body: 'Hello' }),
      answers: onTicket<Outcome>(201, 'not.found'),
    },
    {
      case: 'as an internal note',
      call: (scene) => scene.say({ body: 'Hello', internal: true }),
      answers: staffOnly<Outcome>(201, 'forbidden', 'not.found'),
    },
    {
      case: 'with one’s own draft',
      call: async (scene) => {
        const draft = await scene.file({ by: 'person', draft: true })
        return scene.say({ body: 'See', attachmentIds: [draft] })
      },
      answers: onTicket<Outcome>(201, 'not.found'),
    },
    {
      case: 'with another person’s draft',
      call: async (scene) => {
        const draft = await scene.file({ by: 'staff', draft: true })
        return scene.say({ body: 'See', attachmentIds: [draft] })
      },
      answers: onTicket<Outcome>('attachment.notDraft', 'not.found'),
    },
    {
      case: 'with a file that is shown already',
      call: async (scene) => {
        const file = await scene.file({ by: 'person' })
        return scene.say({ body: 'See', attachmentIds: [file] })
      },
      answers: onTicket<Outcome>('attachment.notDraft', 'not.found'),
    },
    {
      case: 'that mentions another watcher',
      call: async (scene) => {
        const id = await scene.colleague('sales')
        await scene.staff.call('watch', { params: { id: scene.ticketId, userId: id } })
        return scene.say({ body: mentionOf({ id, name: 'Them' }) })
      },
      answers: onTicket<Outcome>(201, 'not.found'),
    },
    {
      case: 'that mentions somebody who is on no ticket of theirs',
      call: async (scene) => {
        const id = await scene.colleague('admin')
        return scene.say({ body: mentionOf({ id, name: 'Them' }) })
      },
      answers: staffOnly<Outcome>(201, 'mention.unavailable', 'not.found'),
    },
    {
      case: 'that mentions nobody who exists',
      call: (scene) => scene.say({ body: mentionOf({ id: scene.unknownId, name: 'Them' }) }),
      answers: onTicket<Outcome>('mention.unavailable', 'not.found'),
    },
    {
      case: 'that mentions somebody who is deactivated',
      call: async (scene) => {
        const id = await scene.inactive('admin')
        return scene.say({ body: mentionOf({ id, name: 'Them' }) })
      },
      answers: onTicket<Outcome>('mention.unavailable', 'not.found'),
    },
  ],
  saveDraft: [
    {
      case: 'of a reply',
      call: async (scene) => {
        const params = { id: await scene.freshTicket(), kind: 'reply' } as const
        return scene.outcome('saveDraft', { params, body: { body: 'Half', rev: 0 } })
      },
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'of a note',
      call: async (scene) => {
        const params = { id: await scene.freshTicket(), kind: 'note' } as const
        return scene.outcome('saveDraft', { params, body: { body: 'Half', rev: 0 } })
      },
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
    {
      case: 'of a reply that differs from one’s own elsewhere',
      call: async (scene) => {
        await scene.draft('reply')
        const params = { id: scene.ticketId, kind: 'reply' } as const
        return scene.outcome('saveDraft', { params, body: { body: 'Half', rev: 0 } })
      },
      answers: onTicket<Outcome>('draft.differs', 'not.found'),
    },
    {
      case: 'on an unknown ticket',
      call: (scene) => {
        const params = { id: scene.unknownId, kind: 'reply' } as const
        return scene.outcome('saveDraft', { params, body: { body: 'Half', rev: 0 } })
      },
      answers: all('not.found'),
    },
  ],
  discardDraft: [
    {
      // Also where it is hidden: whoever throws it away on their device does not find it again.
      case: 'of a reply',
      call: async (scene) => {
        await scene.draft('reply')
        const params = { id: scene.ticketId, kind: 'reply' } as const
        return scene.outcome('discardDraft', { params, query: { rev: 1 } })
      },
      answers: all(200),
    },
    {
      case: 'on an unknown ticket',
      call: (scene) => {
        const params = { id: scene.unknownId, kind: 'reply' } as const
        return scene.outcome('discardDraft', { params, query: { rev: 1 } })
      },
      answers: all('not.found'),
    },
    {
      case: 'of a note',
      call: async (scene) => {
        await scene.draft('note')
        const params = { id: scene.ticketId, kind: 'note' } as const
        return scene.outcome('discardDraft', { params, query: { rev: 1 } })
      },
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
  ],
  earlierDrafts: [
    {
      case: 'a reply',
      call: async (scene) => {
        const word = await scene.earlierDraft('reply')
        return scene.shown('earlierDrafts', { params: { id: scene.ticketId, kind: 'reply' } }, word)
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'a note',
      call: async (scene) => {
        const word = await scene.earlierDraft('note')
        return scene.shown('earlierDrafts', { params: { id: scene.ticketId, kind: 'note' } }, word)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'another person’s',
      call: async (scene) => {
        const { earlier } = await scene.draftOfStaff()
        const params = { id: scene.ticketId, kind: 'reply' } as const
        return scene.shown('earlierDrafts', { params }, earlier)
      },
      answers: all('hidden'),
    },
  ],
  drafts: [
    {
      case: 'a reply',
      call: async (scene) => scene.shown('drafts', {}, await scene.draft('reply')),
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'a note',
      call: async (scene) => scene.shown('drafts', {}, await scene.draft('note')),
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'another person’s',
      call: async (scene) => scene.shown('drafts', {}, (await scene.draftOfStaff()).word),
      answers: all('hidden'),
    },
  ],
  comment: [
    {
      case: 'of the ticket',
      call: async (scene) =>
        scene.outcome('comment', { params: { id: (await scene.comment({ by: 'staff' })).id } }),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'an internal note',
      call: async (scene) => {
        const { id } = await scene.comment({ by: 'staff', internal: true })
        return scene.outcome('comment', { params: { id } })
      },
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
  ],
  editComment: correctionRules((scene, id) =>
    scene.outcome('editComment', { params: { id }, body: { body: 'Corrected' } }),
  ),
  deleteComment: correctionRules((scene, id) => scene.outcome('deleteComment', { params: { id } })),
  attach: [
    {
      case: 'for everyone on the ticket',
      call: (scene) => scene.upload({}),
      answers: onTicket<Outcome>(201, 'not.found'),
    },
    {
      case: 'for staff alone',
      call: (scene) => scene.upload({ internal: true }),
      answers: staffOnly<Outcome>(201, 'forbidden', 'not.found'),
    },
    {
      case: 'for a comment to come',
      call: (scene) => scene.upload({ draft: true }),
      answers: onTicket<Outcome>(201, 'not.found'),
    },
    {
      case: 'for an internal note to come',
      call: (scene) => scene.upload({ internal: true, draft: true }),
      answers: staffOnly<Outcome>(201, 'forbidden', 'not.found'),
    },
  ],
  attachment: [
    {
      case: 'of the ticket',
      call: async (scene) => scene.download(await scene.file({ by: 'staff' })),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'for staff alone',
      call: async (scene) => scene.download(await scene.file({ by: 'staff', internal: true })),
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
    {
      case: 'of a comment',
      call: async (scene) => scene.download(await scene.fileOfComment({ internal: false })),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'of an internal note',
      call: async (scene) => scene.download(await scene.fileOfComment({ internal: true })),
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
    {
      case: 'of a removed comment',
      call: async (scene) => {
        const { commentId, id } = await scene.commentWithFile({ internal: false })
        await scene.staff.call('deleteComment', { params: { id: commentId } })
        return scene.download(id)
      },
      answers: all('not.found'),
    },
    {
      case: 'another person’s draft',
      call: async (scene) => scene.download(await scene.file({ by: 'staff', draft: true })),
      answers: all('not.found'),
    },
    {
      case: 'one’s own draft',
      call: async (scene) => scene.download(await scene.file({ by: 'person', draft: true })),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'with an unknown id',
      call: (scene) => scene.download(scene.unknownId),
      answers: all('not.found'),
    },
  ],
  deleteAttachment: [
    {
      case: 'of another person',
      call: async (scene) => scene.deleteFile(await scene.file({ by: 'staff' })),
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    },
    {
      case: 'of one’s own',
      call: async (scene) => scene.deleteFile(await scene.file({ by: 'person' })),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'of one’s own after 15 minutes',
      call: async (scene) => {
        const id = await scene.file({ by: 'person' })
        await scene.age('attachments', id)
        return scene.deleteFile(id)
      },
      answers: staffOnly<Outcome>(200, 'attachment.tooLate', 'not.found'),
    },
    {
      case: 'for staff alone, of another person',
      call: async (scene) => scene.deleteFile(await scene.file({ by: 'staff', internal: true })),
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
    {
      case: 'for staff alone, of one’s own from one’s time as staff',
      call: async (scene) => scene.deleteFile(await scene.file({ by: 'person', internal: true })),
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
    {
      case: 'another person’s draft',
      call: async (scene) => scene.deleteFile(await scene.file({ by: 'staff', draft: true })),
      answers: all('not.found'),
    },
    {
      case: 'one’s own draft, also after 15 minutes',
      call: async (scene) => {
        const id = await scene.file({ by: 'person', draft: true })
        await scene.age('attachments', id)
        return scene.deleteFile(id)
      },
      answers: onTicket<Outcome>(200, 'not.found'),
    },
  ],
  watch: [
    {
      case: 'by a colleague',
      call: (scene) => scene.watch(scene.ticketId, scene.staff.id),
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    },
    {
      case: 'by oneself',
      call: async (scene) => scene.watch(await scene.freshTicket(), scene.person.id),
      answers: {
        sales: {
          creator: 200,
          watcher: 'forbidden',
          former: 'not.found',
          stranger: 'not.found',
        },
        admin: 200,
        super_admin: 200,
      },
    },
    {
      case: 'by a deactivated person',
      call: async (scene) => scene.watch(scene.ticketId, await scene.inactive('sales')),
      answers: staffOnly<Outcome>('person.inactive', 'forbidden', 'not.found'),
    },
    {
      case: 'by a person who does not exist',
      call: (scene) => scene.watch(scene.ticketId, scene.unknownId),
      answers: staffOnly<Outcome>('not.found', 'forbidden', 'not.found'),
    },
  ],
  unwatch: [
    {
      case: 'by oneself',
      call: async (scene) =>
        scene.outcome('unwatch', {
          params: { id: await scene.freshTicket(), userId: scene.person.id },
        }),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'by a colleague',
      call: (scene) =>
        scene.outcome('unwatch', { params: { id: scene.ticketId, userId: scene.staff.id } }),
      answers: staffOnly<Outcome>(200, 'forbidden', 'not.found'),
    },
  ],
  people: [{ case: 'everyone', call: (scene) => scene.outcome('people'), answers: superAdminOnly }],
  invite: [
    {
      case: 'a new person, long after entering one’s password',
      call: async (scene) => {
        const { name, email } = scene.newcomer()
        return (await scene.longAfterPassword()).outcome('invite', {
          body: { name, email, role: 'sales' },
        })
      },
      answers: confirmedSuperAdminOnly,
    },
    {
      case: 'a new person',
      call: (scene) => {
        const { name, email } = scene.newcomer()
        return scene.outcome('invite', { body: { name, email, role: 'sales' } })
      },
      answers: { ...superAdminOnly, super_admin: 201 },
    },
    {
      case: 'an existing person',
      call: (scene) =>
        scene.outcome('invite', {
          body: { name: 'O', email: scene.emailOf(scene.owner), role: 'sales' },
        }),
      answers: { sales: 'forbidden', admin: 'forbidden', super_admin: 'person.exists' },
    },
  ],
  person: [
    {
      case: 'a colleague',
      call: async (scene) =>
        scene.outcome('person', { params: { id: await scene.colleague('sales') } }),
      answers: superAdminOnly,
    },
    {
      case: 'oneself',
      call: (scene) => scene.outcome('person', { params: { id: scene.person.id } }),
      answers: superAdminOnly,
    },
  ],
  editPerson: [
    ...([{ role: 'admin' }, { active: false }] as const).map((body) => ({
      case: `${Object.keys(body).join()}, long after entering one’s password`,
      call: async (scene: Scene) =>
        (await scene.longAfterPassword()).outcome('editPerson', {
          params: { id: await scene.colleague('sales') },
          body,
        }),
      answers: confirmedSuperAdminOnly,
    })),
    {
      case: 'a role',
      call: async (scene) =>
        scene.outcome('editPerson', {
          params: { id: await scene.colleague('sales') },
          body: { role: 'admin' },
        }),
      answers: superAdminOnly,
    },
    {
      case: 'deactivated',
      call: async (scene) =>
        scene.outcome('editPerson', {
          params: { id: await scene.colleague('admin') },
          body: { active: false },
        }),
      answers: superAdminOnly,
    },
    {
      case: 'one’s own role, which no one may raise',
      call: (scene) =>
        scene.outcome('editPerson', {
          params: { id: scene.person.id },
          body: { role: 'super_admin' },
        }),
      answers: superAdminOnly,
    },
    {
      case: 'a person who does not exist',
      call: (scene) =>
        scene.outcome('editPerson', { params: { id: scene.unknownId }, body: { active: false } }),
      answers: { sales: 'forbidden', admin: 'forbidden', super_admin: 'not.found' },
    },
  ],
  endSessions: [
    {
      case: 'of a colleague',
      call: async (scene) =>
        scene.outcome('endSessions', { params: { id: await scene.colleague('sales') } }),
      answers: superAdminOnly,
    },
  ],
  issueLink: [
    {
      case: 'for a colleague, long after entering one’s password',
      call: async (scene) =>
        (await scene.longAfterPassword()).outcome('issueLink', {
          params: { id: await scene.colleague('sales') },
        }),
      answers: confirmedSuperAdminOnly,
    },
    {
      case: 'for a colleague',
      call: async (scene) =>
        scene.outcome('issueLink', { params: { id: await scene.colleague('sales') } }),
      answers: { ...superAdminOnly, super_admin: 201 },
    },
    {
      case: 'for a deactivated person',
      call: async (scene) =>
        scene.outcome('issueLink', { params: { id: await scene.inactive('sales') } }),
      answers: { sales: 'forbidden', admin: 'forbidden', super_admin: 'person.inactive' },
    },
  ],
  withdrawLink: [
    {
      case: 'of a colleague',
      call: async (scene) =>
        scene.outcome('withdrawLink', { params: { id: await scene.colleague('sales') } }),
      answers: superAdminOnly,
    },
  ],
  names: [
    {
      case: 'another watcher of the ticket',
      call: async (scene) => {
        const userId = await scene.colleague('sales')
        await scene.staff.call('watch', { params: { id: scene.ticketId, userId } })
        return scene.shown('names', {}, userId)
      },
      answers: onTicket<Outcome>('shown', 'hidden'),
    },
    {
      case: 'a person who only wrote an internal note on the ticket',
      call: async (scene) => {
        const author = await scene.noteBySomebodyElse()
        return scene.shown('names', {}, author)
      },
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'an e-mail address',
      call: (scene) => scene.shown('names', {}, '@desk.example'),
      answers: all('hidden'),
    },
  ],
  tags: [
    {
      case: 'a public one',
      call: async (scene) => scene.shown('tags', {}, await scene.tag(false)),
      answers: all('shown'),
    },
    {
      case: 'an internal one',
      call: async (scene) => scene.shown('tags', {}, await scene.tag(true)),
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
    {
      case: 'whether some ticket has a public one',
      call: (scene) => scene.shown('tags', {}, '"used":'),
      answers: staffOnly<Outcome>('shown', 'hidden', 'hidden'),
    },
  ],
  createTag: [
    {
      case: 'a public one',
      call: (scene) => scene.createTag({ internal: false }),
      answers: staffOnly<Outcome>(201, 'forbidden', 'forbidden'),
    },
    {
      case: 'an internal one',
      call: (scene) => scene.createTag({ internal: true }),
      answers: staffOnly<Outcome>(201, 'forbidden', 'forbidden'),
    },
  ],
  tag: [
    {
      case: 'a public one',
      call: async (scene) => scene.outcome('tag', { params: { id: await scene.tag(false) } }),
      answers: all(200),
    },
    {
      case: 'an internal one',
      call: async (scene) => scene.outcome('tag', { params: { id: await scene.tag(true) } }),
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
  ],
  editTag: tagRules((scene, id) =>
    scene.outcome('editTag', { params: { id }, body: { color: 'green' } }),
  ),
  deleteTag: tagRules((scene, id) => scene.outcome('deleteTag', { params: { id } })),
  mergeTag: tagRules(async (scene, id, internal) =>
    scene.outcome('mergeTag', { params: { id }, body: { into: await scene.tag(internal) } }),
  ),
  deskSettings: [
    {
      case: 'all of them',
      call: (scene) => scene.outcome('deskSettings'),
      answers: superAdminOnly,
    },
  ],
  editDeskSettings: [
    {
      case: 'one of them',
      call: (scene) => scene.outcome('editDeskSettings', { body: { closeAfterDays: 9 } }),
      answers: superAdminOnly,
    },
  ],
  notificationSettings: [
    {
      case: 'one’s own',
      call: (scene) => scene.outcome('notificationSettings'),
      answers: all(200),
    },
  ],
  editNotificationSettings: [
    {
      case: 'one’s own',
      call: (scene) => {
        const email = { mentioned: true, assigned: true, reply: true }
        return scene.outcome('editNotificationSettings', { body: { email } })
      },
      answers: all(200),
    },
  ],
  emailState: [
    {
      case: 'what waits and what failed',
      call: (scene) => scene.outcome('emailState'),
      answers: superAdminOnly,
    },
  ],
  unsubscribePage: [
    {
      case: 'with a token of an e-mail, whoever is signed in',
      call: async (scene) =>
        scene.open('unsubscribePage', { params: { token: await scene.unsubscribeToken() } }),
      answers: all(200),
    },
    {
      case: 'with the token of another person’s name',
      call: async (scene) => {
        const token = (await scene.unsubscribeToken()).replace(scene.person.id, scene.unknownId)
        return scene.open('unsubscribePage', { params: { token } })
      },
      answers: all('link.invalid'),
    },
  ],
  unsubscribe: [
    {
      case: 'with a token of an e-mail, whoever is signed in',
      call: async (scene) =>
        scene.open('unsubscribe', { params: { token: await scene.unsubscribeToken() } }),
      answers: all(200),
    },
    {
      case: 'with the token of another reason',
      call: async (scene) => {
        const token = (await scene.unsubscribeToken()).replace('.mentioned.', '.assigned.')
        return scene.open('unsubscribe', { params: { token } })
      },
      answers: all('link.invalid'),
    },
  ],
  storage: [
    {
      case: 'what uses the space',
      call: (scene) => scene.outcome('storage'),
      answers: superAdminOnly,
    },
  ],
  audit: [{ case: 'a page', call: (scene) => scene.outcome('audit'), answers: superAdminOnly }],
  auditCsv: [{ case: 'all', call: (scene) => scene.outcome('auditCsv'), answers: superAdminOnly }],
  invitation: [
    {
      case: 'with its token',
      call: async (scene) => scene.open('invitation', { params: { token: await scene.link() } }),
      answers: all(200),
    },
    {
      case: 'with any other token',
      call: (scene) => scene.open('invitation', { params: { token: scene.unknownId } }),
      answers: all('link.invalid'),
    },
    {
      case: 'of a deactivated person',
      call: async (scene) =>
        scene.open('invitation', { params: { token: await scene.link({ active: false }) } }),
      answers: all('link.invalid'),
    },
  ],
  acceptInvitation: [
    {
      case: 'once',
      call: async (scene) => scene.accept(await scene.link()),
      answers: all(200),
    },
    {
      case: 'again',
      call: async (scene) => {
        const token = await scene.link()
        await scene.accept(token)
        return scene.accept(token)
      },
      answers: all('link.invalid'),
    },
    {
      case: 'of a deactivated person',
      call: async (scene) => scene.accept(await scene.link({ active: false })),
      answers: all('link.invalid'),
    },
  ],
}

/** Calls that change a tag. */
function tagRules(
  call: (scene: Scene, id: string, internal: boolean) => Promise<Outcome>,
): RouteRule[] {
  return [
    {
      case: 'a public one',
      call: async (scene) => call(scene, await scene.tag(false), false),
      answers: staffOnly<Outcome>(200, 'forbidden', 'forbidden'),
    },
    {
      case: 'an internal one',
      call: async (scene) => call(scene, await scene.tag(true), true),
      answers: staffOnly<Outcome>(200, 'forbidden', 'forbidden'),
    },
    {
      case: 'an unknown one',
      call: (scene) => call(scene, scene.unknownId, false),
      answers: staffOnly<Outcome>('tag.deleted', 'forbidden', 'forbidden'),
    },
  ]
}

function correctionRules(correct: (scene: Scene, id: string) => Promise<Outcome>): RouteRule[] {
  return [
    {
      case: 'one’s own',
      call: async (scene) => correct(scene, (await scene.comment({ by: 'person' })).id),
      answers: onTicket<Outcome>(200, 'not.found'),
    },
    {
      case: 'one’s own after 15 minutes',
      call: async (scene) => {
        const { id } = await scene.comment({ by: 'person' })
        await scene.age('comments', id)
        return correct(scene, id)
      },
      answers: {
        ...onTicket<Outcome>('comment.tooLate', 'not.found'),
        admin: 'comment.tooLate',
        super_admin: 200,
      },
    },
    {
      case: 'another person’s',
      call: async (scene) => correct(scene, (await scene.comment({ by: 'staff' })).id),
      answers: {
        ...onTicket<Outcome>('forbidden', 'not.found'),
        super_admin: 200,
      },
    },
    {
      case: 'another person’s internal note',
      call: async (scene) =>
        correct(scene, (await scene.comment({ by: 'staff', internal: true })).id),
      answers: { sales: 'not.found', admin: 'forbidden', super_admin: 200 },
    },
    {
      case: 'one’s own internal note, for requesters from their time as staff',
      call: async (scene) =>
        correct(scene, (await scene.comment({ by: 'person', internal: true })).id),
      answers: staffOnly<Outcome>(200, 'not.found', 'not.found'),
    },
    {
      case: 'one that was removed',
      call: async (scene) => {
        const { id } = await scene.comment({ by: 'person' })
        await scene.root.call('deleteComment', { params: { id } })
        return correct(scene, id)
      },
      answers: onTicket<Outcome>('comment.removed', 'not.found'),
    },
  ]
}
