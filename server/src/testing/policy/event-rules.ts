import { plainFields } from '@deskbell/contract'
import type { EventName } from '@deskbell/contract'
import { fieldSamples } from '@deskbell/contract/testing'
import { all, onTicket, staffOnly } from './answers.ts'
import type { Answers } from './answers.ts'
import type { EventScene } from './event-scene.ts'
import type { Relation, RoleName } from './relationships.ts'

type Delivery = 'received' | 'not received'

interface EventRule {
  case: string
  cause: (scene: EventScene) => Promise<unknown>
  /** What each person gets live. */
  live: Answers<Delivery>
  /** What each person gets in a replay, after reconnecting from before the event. Without it: as live. */
  replayed?: Answers<Delivery>
  /** The event is for one person: these answers hold for that person alone, and no one else gets it. */
  only?: `${RoleName} ${Relation}`
}

const everyone = all<Delivery>('received')
const whoIsOnIt = onTicket<Delivery>('received', 'not received')
const staff = staffOnly<Delivery>('received', 'not received', 'not received')
const superAdmins: Answers<Delivery> = { ...all<Delivery>('not received'), super_admin: 'received' }
const whoIsNotOnIt: Answers<Delivery> = {
  sales: {
    creator: 'not received',
    watcher: 'not received',
    former: 'received',
    stranger: 'received',
  },
  admin: 'not received',
  super_admin: 'not received',
}
const creatorAndStaff: Answers<Delivery> = {
  sales: {
    creator: 'received',
    watcher: 'not received',
    former: 'not received',
    stranger: 'not received',
  },
  admin: 'received',
  super_admin: 'received',
}

/** Who gets each event, as a full table. */
export const eventRules: Record<EventName, EventRule[]> = {
  'ticket:created': [
    {
      case: 'another ticket of the creator',
      cause: (scene) => scene.createTicket('medium'),
      live: creatorAndStaff,
    },
  ],
  'ticket:updated': [
    {
      case: 'a title',
      cause: (scene) => scene.edit({ title: `${scene.secret} plotter` }),
      live: whoIsOnIt,
    },
    ...plainFields.map((name) => ({
      case: `its ${name}`,
      cause: (scene: EventScene) => scene.edit({ [name]: fieldSamples[name][1] }),
      live: whoIsOnIt,
    })),
    {
      case: 'an assignee',
      cause: (scene) => scene.edit({ assigneeId: scene.staff.id }),
      live: whoIsOnIt,
    },
    {
      case: 'a new watcher',
      cause: async (scene) => scene.watch(await scene.somebody()),
      live: whoIsOnIt,
    },
    { case: 'a tag', cause: (scene) => scene.tagged(false), live: whoIsOnIt },
    { case: 'an internal tag', cause: (scene) => scene.tagged(true), live: staff },
  ],
  'ticket:statusChanged': [
    { case: 'by staff', cause: (scene) => scene.move('waiting'), live: whoIsOnIt },
    { case: 'by the system', cause: (scene) => scene.closeByItself(), live: whoIsOnIt },
  ],
  'ticket:priorityChanged': [
    { case: 'by staff', cause: (scene) => scene.prioritise('high'), live: whoIsOnIt },
  ],
  'ticket:commentAdded': [
    { case: 'for everyone', cause: (scene) => scene.comment(false), live: whoIsOnIt },
    { case: 'an internal note', cause: (scene) => scene.comment(true), live: staff },
    {
      case: 'before access was lost',
      cause: (scene) => scene.whileFormerWatch(() => scene.comment(false)),
      live: {
        ...whoIsOnIt,
        sales: {
          creator: 'received',
          watcher: 'received',
          former: 'received',
          stranger: 'not received',
        },
      },
      replayed: whoIsOnIt,
    },
  ],
  'ticket:commentEdited': [
    { case: 'for everyone', cause: (scene) => scene.editedComment(false), live: whoIsOnIt },
    { case: 'an internal note', cause: (scene) => scene.editedComment(true), live: staff },
  ],
  'ticket:commentDeleted': [
    { case: 'for everyone', cause: (scene) => scene.deletedComment(false), live: whoIsOnIt },
    { case: 'an internal note', cause: (scene) => scene.deletedComment(true), live: staff },
  ],
  'ticket:attachmentAdded': [
    { case: 'for everyone', cause: (scene) => scene.file(false), live: whoIsOnIt },
    { case: 'for staff alone', cause: (scene) => scene.file(true), live: staff },
    { case: 'of a comment', cause: (scene) => scene.commentWithFile(false), live: whoIsOnIt },
    { case: 'of an internal note', cause: (scene) => scene.commentWithFile(true), live: staff },
  ],
  'ticket:attachmentDeleted': [
    { case: 'for everyone', cause: (scene) => scene.deletedFile(false), live: whoIsOnIt },
    { case: 'for staff alone', cause: (scene) => scene.deletedFile(true), live: staff },
    {
      case: 'of a comment',
      cause: (scene) => scene.deletedCommentWithFile(false),
      live: whoIsOnIt,
    },
    {
      case: 'of an internal note',
      cause: (scene) => scene.deletedCommentWithFile(true),
      live: staff,
    },
  ],
  'ticket:urgent': [
    {
      case: 'the ticket becomes it',
      cause: async (scene) => {
        await scene.prioritise('low')
        await scene.prioritise('urgent')
      },
      live: whoIsNotOnIt,
    },
    {
      case: 'it is raised as it',
      cause: (scene) => scene.createTicket('urgent'),
      live: {
        sales: {
          creator: 'not received',
          watcher: 'received',
          former: 'received',
          stranger: 'received',
        },
        admin: 'not received',
        super_admin: 'not received',
      },
    },
  ],
  'ticket:seen': [
    {
      case: 'by a requester',
      cause: (scene) => scene.see('sales watcher'),
      live: everyone,
      only: 'sales watcher',
    },
    {
      case: 'by staff',
      cause: (scene) => scene.see('admin stranger'),
      live: everyone,
      only: 'admin stranger',
    },
  ],
  'ticket:looked': [
    {
      case: 'by the first of the staff',
      cause: (scene) => scene.firstLook('admin stranger'),
      live: staff,
    },
  ],
  'notification:changed': [
    {
      case: 'one is done',
      cause: (scene) => scene.finishOne('sales watcher'),
      live: everyone,
      only: 'sales watcher',
    },
    {
      case: 'all are done',
      cause: (scene) => scene.finishAll('admin watcher'),
      live: everyone,
      only: 'admin watcher',
    },
    {
      case: 'a snooze ends',
      cause: (scene) => scene.endSnooze('super_admin watcher'),
      live: everyone,
      only: 'super_admin watcher',
    },
  ],
  'access:gained': [
    {
      case: 'to a person who was not on the ticket',
      cause: (scene) => scene.gain('sales stranger'),
      live: everyone,
      only: 'sales stranger',
    },
  ],
  'access:lost': [
    {
      case: 'by a person who watched the ticket',
      cause: (scene) => scene.lose('sales stranger'),
      live: everyone,
      only: 'sales stranger',
    },
  ],
  'session:ended': [
    {
      case: 'of a requester',
      cause: (scene) => scene.endOneSession('sales watcher'),
      live: everyone,
      only: 'sales watcher',
    },
    {
      case: 'of a super admin',
      cause: (scene) => scene.endOneSession('super_admin stranger'),
      live: everyone,
      only: 'super_admin stranger',
    },
  ],
  'tag:changed': [
    { case: 'a public one is made', cause: (scene) => scene.tag(false), live: everyone },
    { case: 'a public one is merged', cause: (scene) => scene.mergedTag(false), live: everyone },
    { case: 'an internal one is merged', cause: (scene) => scene.mergedTag(true), live: staff },
    { case: 'an internal one is made', cause: (scene) => scene.tag(true), live: staff },
    { case: 'a public one is used at last', cause: (scene) => scene.usedTag(), live: staff },
    { case: 'a public one is deleted', cause: (scene) => scene.deletedTag(false), live: everyone },
    { case: 'an internal one is deleted', cause: (scene) => scene.deletedTag(true), live: staff },
  ],
  'person:changed': [
    { case: 'the name of the creator', cause: (scene) => scene.renameCreator(), live: whoIsOnIt },
    {
      case: 'the name of a person who is on no ticket',
      cause: (scene) => scene.rename('admin stranger'),
      live: staff,
    },
  ],
  'person:accountChanged': [
    { case: 'an invitation', cause: (scene) => scene.invite(), live: superAdmins },
  ],
  'settings:changed': [
    { case: 'by a super admin', cause: (scene) => scene.configure(), live: superAdmins },
  ],
  'person:settingsChanged': [
    {
      case: 'of a requester',
      cause: (scene) => scene.settle('sales former'),
      live: everyone,
      only: 'sales former',
    },
    {
      case: 'of a super admin',
      cause: (scene) => scene.settle('super_admin stranger'),
      live: everyone,
      only: 'super_admin stranger',
    },
  ],
}
