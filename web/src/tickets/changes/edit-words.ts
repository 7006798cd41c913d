import { fields } from '@deskbell/contract'
import type { UndoneChange } from '@deskbell/client'
import { isolated } from '../../ui/words/isolated.ts'
import { priorityWords, statusWords } from '../../ui/words/words.ts'
import { joinNames } from '../composer/join-names.ts'
import type { TicketEdit } from './ticket-edit.ts'

interface Numbered {
  number: number
}

/** "3 tickets closed", "#12 assigned to Ada". */
export function editWords(tickets: readonly Numbered[], edit: TicketEdit): string {
  const which = ticketWords(tickets)
  switch (edit.field) {
    case 'status':
      if (edit.to === 'resolved' || edit.to === 'closed')
        return `${which} ${statusWords[edit.to].toLowerCase()}`
      return `${which} moved to ${statusWords[edit.to]}`
    case 'priority':
      return `${which} set to ${priorityWords[edit.to]}`
    case 'assignee':
      return edit.to === null
        ? `${which} unassigned`
        : `${which} assigned to ${isolated(edit.to.name)}`
    case 'tags': {
      const tag = isolated(edit.tag.name)
      return edit.on ? `${tag} added to ${which}` : `${tag} removed from ${which}`
    }
    default:
      return `${fields[edit.field].label} of ${which} changed`
  }
}

/** "#12 was not moved to Closed". */
export function refusalWords({ number }: Numbered, edit: TicketEdit): string {
  const which = `#${number}`
  switch (edit.field) {
    case 'status':
      return `${which} was not moved to ${statusWords[edit.to]}`
    case 'assignee':
      return edit.to === null
        ? `${which} is still assigned`
        : `${which} was not assigned to ${isolated(edit.to.name)}`
    case 'tags':
      return `The tags of ${which} were not changed`
    default:
      return `The ${fields[edit.field].label.toLowerCase()} of ${which} was not changed`
  }
}

/** "Status of 3 tickets": what an undo took back, or did not. */
export function undoneWords(changes: readonly UndoneChange[]): string {
  const labels = new Set(
    changes.map(({ field }) => (field === 'tags' ? 'Tags' : fields[field].label)),
  )
  const tickets = new Map(changes.map((change) => [change.ticketId, change]))
  return `${joinNames([...labels])} of ${ticketWords([...tickets.values()])}`
}

function ticketWords(tickets: readonly Numbered[]): string {
  const [only] = tickets
  return tickets.length === 1 && only !== undefined
    ? `#${only.number}`
    : `${tickets.length.toLocaleString('en')} tickets`
}
