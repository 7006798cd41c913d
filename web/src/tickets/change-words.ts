import type {
  ActorRef,
  Changes,
  FieldValue,
  PersonRef,
  PlainField,
  Tag,
  TimelineItem,
} from '@deskbell/contract'
import { activeStatuses, fields, isBy, plainFields, priorities } from '@deskbell/contract'
import { isolated } from '../ui/words/isolated.ts'
import { priorityWords, statusWords } from '../ui/words/words.ts'

/** A sentence in pieces; the emphasised pieces are what changed. */
export type Words = readonly (string | { strong: string })[]

type Change = Exclude<TimelineItem, { kind: 'comment' | 'created' }>

/** What happened, without the actor and the time: "moved it to In progress". `tags`: the tags by their ids. */
export function changeWords(item: Change, tags: ReadonlyMap<string, Tag> = new Map()): Words {
  switch (item.kind) {
    case 'status':
      if (item.afterDays !== undefined) return closedAfterWords(item.afterDays)
      return isReopening(item)
        ? ['reopened it']
        : ['moved it to ', { strong: statusWords[item.new] }]
    case 'priority': {
      const raised = priorities.indexOf(item.new) > priorities.indexOf(item.old)
      return [
        raised ? 'raised the priority to ' : 'lowered the priority to ',
        { strong: priorityWords[item.new] },
      ]
    }
    case 'attachmentAdded':
      return ['attached ', { strong: item.name }, item.internal ? ' for staff only' : '']
    case 'attachmentDeleted':
      return ['removed the file ', { strong: item.name }]
    case 'updated':
      return updateWords(item, tags)
  }
}

/** The same as plain text, for screen readers and tests. */
export function plainWords(words: Words): string {
  return words.map((part) => (typeof part === 'string' ? part : isolated(part.strong))).join('')
}

/** The system closed a resolved ticket. */
function closedAfterWords(days: number): Words {
  return [
    'closed this ticket after ',
    { strong: days === 1 ? '1 day' : `${days} days` },
    ' without activity',
  ]
}

function isReopening(item: Extract<TimelineItem, { kind: 'status' }>): boolean {
  return item.new === 'open' && !activeStatuses.includes(item.old)
}

function updateWords(
  { actor, changes }: Extract<TimelineItem, { kind: 'updated' }>,
  tags: ReadonlyMap<string, Tag>,
): Words {
  const sentences: Words[] = []
  for (const name of plainFields) {
    const change = changes[name]
    if (change !== undefined) sentences.push(fieldWords(name, change.new))
  }
  if (changes.assignee) sentences.push(assigneeWords(actor, changes.assignee))
  if (changes.watchers) sentences.push(...watcherWords(actor, changes.watchers))
  if (changes.tags) sentences.push(...tagWords(changes.tags, tags))
  if (sentences.length === 0) return ['edited the ticket']
  return sentences.flatMap((words, index) => (index === 0 ? words : [' and ', ...words]))
}

function tagWords(
  { added, removed }: NonNullable<Changes['tags']>,
  tags: ReadonlyMap<string, Tag>,
): Words[] {
  return [
    ...(added.length > 0 ? [['added ', ...namesOf(added, tags)]] : []),
    ...(removed.length > 0 ? [['removed ', ...namesOf(removed, tags)]] : []),
  ]
}

/** "the tags Printer and Paper". */
function namesOf(ids: readonly string[], tags: ReadonlyMap<string, Tag>): Words {
  const names = [...new Set(ids.map((id) => tags.get(id)?.name ?? 'that is unknown'))]
  const listed = names.flatMap((name, index): Words => {
    const between = index === 0 ? [] : [index === names.length - 1 ? ' and ' : ', ']
    return [...between, { strong: name }]
  })
  return [names.length === 1 ? 'the tag ' : 'the tags ', ...listed]
}

/** A field that rows have is short enough to be quoted. */
function fieldWords(name: PlainField, to: FieldValue<PlainField> | null): Words {
  const { label, inRow } = fields[name]
  const field = label.toLowerCase()
  if (!inRow) return [`edited the ${field}`]
  return to === null ? [`removed the ${field}`] : [`changed the ${field} to `, { strong: to }]
}

function assigneeWords(
  actor: ActorRef,
  assignee: { old: PersonRef | null; new: PersonRef | null },
): Words {
  if (assignee.new && isBy(actor, assignee.new.id)) return ['took it']
  if (assignee.new) return ['assigned it to ', { strong: assignee.new.name }]
  if (assignee.old && isBy(actor, assignee.old.id)) return ['gave it back']
  return ['took it from ', { strong: assignee.old?.name ?? 'nobody' }, ', so that nobody has it']
}

function watcherWords(
  actor: ActorRef,
  watchers: { old: readonly PersonRef[]; new: readonly PersonRef[] },
): Words[] {
  const added = without(watchers.new, watchers.old)
  const removed = without(watchers.old, watchers.new)
  return [
    ...added.map((person): Words =>
      isBy(actor, person.id)
        ? ['started watching']
        : ['added ', { strong: person.name }, ' as a watcher'],
    ),
    ...removed.map((person): Words =>
      isBy(actor, person.id)
        ? ['stopped watching']
        : ['removed the watcher ', { strong: person.name }],
    ),
  ]
}

function without(people: readonly PersonRef[], others: readonly PersonRef[]): PersonRef[] {
  const ids = new Set(others.map((person) => person.id))
  return people.filter((person) => !ids.has(person.id))
}
