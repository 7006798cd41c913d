import type { KeptChange } from '@deskbell/client'
import { fields, withPlainMentions } from '@deskbell/contract'
import type { FieldName } from '@deskbell/contract'
import { valueWords } from '../value-words.ts'

interface ChangeWords {
  /** "Reply", "Status". */
  what: string
  /** What was written or chosen. */
  text: string
}

/** A change that waits, in words. */
export function outboxWords(change: KeptChange): ChangeWords {
  switch (change.kind) {
    case 'createTicket':
      return {
        what: 'New ticket',
        text: `${change.input.title}\n${withPlainMentions(change.input.description)}`.trim(),
      }
    case 'attach':
      return { what: 'File', text: change.file.name ?? '' }
    case 'addComment':
      return {
        what: change.comment.internal ? 'Note' : 'Reply',
        text: withPlainMentions(change.comment.body),
      }
    case 'changeField':
      return { what: fields[change.name].label, text: valueWords(change.name, change.to) }
    case 'editTicket': {
      const [[name, text] = ['title', '']] = Object.entries(change.edit)
      return { what: fields[name as FieldName].label, text: valueWords(name as FieldName, text) }
    }
    case 'setTags':
      return { what: 'Tags', text: tagWords(change.add.length, change.remove.length) }
    case 'watch':
      return { what: 'Watcher', text: `${change.person.name} added` }
    case 'unwatch':
      return { what: 'Watcher', text: 'Removed' }
    case 'unknown':
      return { what: 'From another version', text: change.text }
  }
}

function tagWords(added: number, removed: number): string {
  const parts = [added > 0 && `${added} added`, removed > 0 && `${removed} removed`]
  return parts.filter(Boolean).join(', ')
}
