import { isUnassigned } from '@deskbell/contract'
import type { EventData } from '@deskbell/contract'

/** Whether a person became able, or unable, to work on tickets assigned to them. */
export function changesAssignability({
  person,
  wasAssignable,
}: Pick<EventData<'person:changed'>, 'person' | 'wasAssignable'>): boolean {
  return wasAssignable === isUnassigned({ assignee: person })
}
