import { withPlainMentions } from '@deskbell/contract'
import type { FieldName, PersonRef, Priority, Status } from '@deskbell/contract'
import { priorityWords, statusWords } from '../ui/words/words.ts'

/** A value of a field as people read it. */
export function valueWords(name: FieldName, value: unknown): string {
  switch (name) {
    case 'status':
      return statusWords[value as Status]
    case 'priority':
      return priorityWords[value as Priority]
    case 'assignee':
      return (value as PersonRef | null)?.name ?? 'Nobody'
    default:
      return typeof value === 'string' ? withPlainMentions(value) : ''
  }
}
