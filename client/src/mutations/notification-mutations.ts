import type { Notification, Reply } from '@deskbell/contract'
import type { NotificationEdit } from '../cache/fold-notification.ts'
import type { Core } from '../core.ts'
import type { Desk, NotificationChange } from '../types.ts'
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
      const known = knownNotification(core, ticketId)
      const doneUpTo = known?.seq ?? core.requests.appliedUpTo()
      // What was done before stays done.
      const before = known === undefined ? 0 : Math.min(...numbersOf(known)) - 1
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
      const before = knownNotification(core, ticketId)?.snoozedUntil ?? null
      return change({ ticketId, snoozedUntil: until }, () => ({ ticketId, snoozedUntil: before }))
    },
    mute(ticketId, muted) {
      return change({ ticketId, muted }, () => ({ ticketId, muted: !muted }))
    },
    doneAll() {
      const { doneUpTo: before } = (core.store.values.get('notificationCount')?.value ?? {
        doneUpTo: 0,
      }) as { doneUpTo: number }
      return change({ doneUpTo: core.requests.appliedUpTo() }, () => ({ doneUpTo: before }))
    },
  }
}

function numbersOf({ seq, unread, reasons }: Notification): number[] {
  return [seq, ...unread, ...Object.values(reasons)]
}

/** As far as this desk knows it. */
function knownNotification({ store }: Core, ticketId: string): Notification | undefined {
  const lists = ['inbox', 'notificationCount', 'doneNotifications'].map(
    (name) => store.values.get(name)?.value as Lists | undefined,
  )
  return lists
    .flatMap((list) => list?.items ?? list?.notifications ?? [])
    .find((one) => one.ticketId === ticketId)
}

interface Lists {
  items?: readonly Notification[]
  notifications?: readonly Notification[]
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
