import { isBy, mentionedIn, withPlainMentions } from '@deskbell/contract'
import type { ActorRef, Changes, DeskEvent, PersonRef, TimelineItem } from '@deskbell/contract'
import { actorName } from '../ui/words/actor-name.ts'
import { isolated } from '../ui/words/isolated.ts'
import { priorityWords, statusWords } from '../ui/words/words.ts'

/**
 * A line of a ticket's timeline as a sentence for this person; undefined when it does not affect them. `quotes`: it has the
 * first words of what was written, and names of files.
 */
export function happened(item: TimelineItem, meId: string, quotes = true): string | undefined {
  const who = nameOf(item.actor, meId)
  switch (item.kind) {
    case 'created':
      return `${who} raised this ticket`
    case 'status':
      return `${who} moved it to ${statusWords[item.new]}`
    case 'priority':
      return `${who} made it ${priorityWords[item.new]} priority`
    case 'comment': {
      const { internal, body } = item.comment
      const did = `${who} ${said(internal, isMentioned(body, meId))}`
      if (body.trim() === '') return `${did} with a file`
      return quotes ? `${did}: ${isolated(excerpt(body))}` : did
    }
    case 'attachmentAdded':
      return `${who} added ${quotes ? isolated(item.name) : 'a file'}`
    case 'updated':
      return updated(who, item.changes, meId)
    case 'attachmentDeleted':
      return undefined
  }
}

/** Whether an event is a new comment that mentions this person. */
export function mentionsMe({ name, data }: DeskEvent, meId: string): boolean {
  return name === 'ticket:commentAdded' && isMentioned(data.comment.body, meId)
}

function isMentioned(body: string, meId: string): boolean {
  return mentionedIn(body).includes(meId)
}

function said(internal: boolean, mentionsMe: boolean): string {
  if (mentionsMe) return internal ? 'mentioned you in an internal note' : 'mentioned you'
  return internal ? 'left an internal note' : 'replied'
}

/** The part of an update that affects this person; they see the rest when they read the ticket. */
function updated(who: string, { assignee, watchers }: Changes, meId: string) {
  if (assignee?.new?.id === meId) return `${who} assigned it to you`
  const watches = (people: readonly PersonRef[] = []) => people.some(({ id }) => id === meId)
  return watches(watchers?.new) && !watches(watchers?.old) ? addedAsWatcher(who) : undefined
}

export function addedAsWatcher(who: string): string {
  return `${who} added you as a watcher`
}

export function nameOf(actor: ActorRef | null, meId: string): string {
  if (actor === null) return 'Someone'
  return isBy(actor, meId) ? 'You' : isolated(shortened(actorName(actor), 40))
}

function excerpt(body: string): string {
  return shortened(withPlainMentions(body).replaceAll(/\s+/g, ' ').trim(), 90)
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 2).trimEnd()}…` : text
}
