import { fields } from '@deskbell/contract'
import type { FieldName, FieldValue, PersonRef } from '@deskbell/contract'
import type { Core } from '../core.ts'
import { executeForRow } from './execute-for-row.ts'
import type { MutationQueue } from './mutation-queue.ts'
import type { Change } from './pending-mutation.ts'

/** What a change is based on: a version that was shown, or the number of the event that it takes back. */
export interface Base {
  version?: number
  undoes?: number
}

export interface FieldChange<N extends FieldName = FieldName> {
  name: N
  to: FieldValue<N>
}

/** Gives one field of a ticket another value, by the route that its event belongs to. */
export function changeField(
  core: Core,
  queue: MutationQueue,
  id: string,
  { name, to }: FieldChange,
  { key, ...base }: Base & { key?: string },
): Promise<void> {
  const { route, queueKey } = routes[fields[name].event]
  const body = name === 'assignee' ? { assigneeId: idOf(to as PersonRef | null) } : { [name]: to }
  return executeForRow(core, queue, {
    ...(key !== undefined && { key }),
    targetId: id,
    changes: [{ kind: name, to } as Change],
    queueKey: `${id} ${name === 'assignee' ? name : queueKey}`,
    send: (sent) =>
      core.api.call(route, { params: { id }, body: { ...body, ...base } as never, key: sent }),
  })
}

/** The route of the fields with this event; changes with one queue key arrive in their order. */
const routes = {
  'ticket:updated': { route: 'editTicket', queueKey: 'fields' },
  // A reply may reopen the ticket, and is read before what follows it.
  'ticket:statusChanged': { route: 'changeStatus', queueKey: 'conversation' },
  'ticket:priorityChanged': { route: 'changePriority', queueKey: 'priority' },
} as const

function idOf(person: PersonRef | null): string | null {
  return person?.id ?? null
}
