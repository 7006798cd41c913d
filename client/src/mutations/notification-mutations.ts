import type { CountedNotification, Notification, Reply } from '@deskbell/contract'
import type { NotificationEdit } from '../cache/fold-notification.ts'
import type { Core } from '../core.ts'
import type { Desk, NotificationChange } from '../types.ts'
import type { NotificationList } from '../resources/inbox.ts'
import type { MutationQueue } from './mutation-queue.ts'

/** What a person does with what concerns them. */
export function createNotificationMutations(
  core: Core,
  queue: MutationQueue,
): Desk['notifications'] {
  function edit(wanted: NotificationEdit): Promise<void> {
    return executeEdit(core, queue, wanted)
  }

  function change(wanted: NotificationEdit, back: () => NotificationEdit): NotificationChange {
    return { made: edit(wanted), undo: () => edit(back()) }
  }

  return {
    markDone(ticketId) {
      const doneUpTo = core.requests.appliedUpTo()
      // What was done before stays done.
      const before = Math.min(...numbersOf(core, ticketId)) - 1
      return change({ ticketId, doneUpTo }, () => ({ ticketId, doneUpTo: before }))
    },
    markUnread(ticketId) {
      const isDone = knownNotification(core, ticketId)?.done === true
      return change({ ticketId, unread: true }, () => ({
        ticketId,
        unread: false,
        ...(isDone && { doneUpTo: core.requests.appliedUpTo() }),
      }))
    },
    snooze(ticketId, until) {
      const before = countedNotification(core, ticketId)?.snoozedUntil ?? null
      return change({ ticketId, snoozedUntil: until }, () => ({ ticketId, snoozedUntil: before }))
    },
    mute(ticketId, muted) {
      return change({ ticketId, muted }, () => ({ ticketId, muted: !muted }))
    },
    doneAll() {
      const { doneUpTo: before = 0 } = countedOf(core)
      return change({ doneUpTo: core.requests.appliedUpTo() }, () => ({ doneUpTo: before }))
    },
  }
}

/** The numbers of what is not done, as far as this desk knows them. */
function numbersOf(core: Core, ticketId: string): readonly number[] {
  const known = knownNotification(core, ticketId)
  if (known !== undefined) return [known.seq, ...known.unread, ...Object.values(known.reasons)]
  return countedNotification(core, ticketId)?.unread ?? [1]
}

function countedNotification(core: Core, ticketId: string): CountedNotification | undefined {
  return countedOf(core).notifications?.find((one) => one.ticketId === ticketId)
}

function countedOf({ store }: Core) {
  const value = store.values.get('notificationCount')?.value
  return (value ?? {}) as { notifications?: readonly CountedNotification[]; doneUpTo?: number }
}

function knownNotification({ store }: Core, ticketId: string): Notification | undefined {
  return ['inbox', 'doneNotifications']
    .flatMap((name) => (store.values.get(name)?.value as NotificationList | undefined)?.items ?? [])
    .find((one) => one.ticketId === ticketId)
}

/** Everything of the notifications reaches the server in the order in which it was done. */
async function executeEdit(
  core: Core,
  queue: MutationQueue,
  edit: NotificationEdit,
): Promise<void> {
  const names = ['notificationCount', 'inbox', 'doneNotifications'] as const
  await queue.execute<Pick<Reply<'finishNotifications'>, 'seq' | 'tag'>>({
    targetId: 'notifications',
    changes: names.map((name) => ({ kind: 'resource', name, edit })),
    queueKey: 'notifications',
    send: (key) => sendEdit(core, edit, key),
  })
}

function sendEdit({ api }: Core, edit: NotificationEdit, key: string) {
  if (edit.ticketId === undefined)
    return api.call('finishNotifications', { body: { upTo: edit.doneUpTo }, key })
  const { ticketId, ...body } = edit
  return api.call('editNotification', { params: { ticketId }, body, key })
}
