import { mayEditTicket, mayTriage } from './policy.ts'
import type { Reader, Relationship } from './policy.ts'
import { priorities, statuses } from './vocabulary.ts'
import type { Priority, Status } from './vocabulary.ts'

/**
 * The fields of a ticket that people write: one row a field. Rows, events, edits, filters, sorts and the screens follow
 * from this table; `fieldSchemas` in tickets.ts has the schemas. A field is stored in the column of its name.
 */
export const fields = {
  title: {
    label: 'Title',
    initial: '',
    inRow: true,
    event: 'ticket:updated',
    mayWrite: mayEditTicket,
  },
  description: {
    label: 'Description',
    initial: '',
    inRow: false,
    event: 'ticket:updated',
    mayWrite: mayEditTicket,
  },
  assignee: {
    label: 'Assignee',
    initial: null as Assignee | null,
    inRow: true,
    event: 'ticket:updated',
    mayWrite: mayTriage,
    filter: { by: 'person', matches: isAssignedTo },
  },
  status: {
    label: 'Status',
    initial: 'open' as Status,
    inRow: true,
    event: 'ticket:statusChanged',
    filter: anyOf(statuses),
  },
  priority: {
    label: 'Priority',
    initial: 'medium' as Priority,
    inRow: true,
    event: 'ticket:priorityChanged',
    filter: anyOf(priorities),
    sort: {
      key: (priority: Priority) => priorities.indexOf(priority),
      empty: null,
      words: ['Most urgent', 'Least urgent'],
    },
  },
} as const satisfies Record<string, Field>

interface Field {
  /** The field's name on screen. */
  label: string
  /** The value of a new ticket, and in rows of events from before the field existed. */
  initial: unknown
  /** Lists show it, and every event of a ticket carries it. Its value is short then. */
  inRow: boolean
  /** The event of a change. A field with an event of its own has a change and a route of its own, too. */
  event: 'ticket:updated' | 'ticket:statusChanged' | 'ticket:priorityChanged'
  /** Who may write it by `editTicket`. */
  mayWrite?: (reader: Reader, relationship: Relationship, status: Status) => boolean
  filter?: Filter<never, never>
  sort?: {
    /** What rows compare by. */
    key: (value: never) => string | number
    /** The choice on screen: downwards, and upwards. */
    words: readonly [down: string, up: string]
    /** The value by which a ticket without one is sorted, also by `key`. Null: every ticket has a value. */
    empty: string | null
  }
}

/** Which values a list keeps. `by`: how SQL compares the column with the wanted values, of which one must match. */
export interface Filter<T, W> {
  by: '=' | '<=' | 'person'
  matches: (value: T, wanted: W, meId: string) => boolean
  /** The values that can be wanted. Absent: there are too many. */
  values?: readonly string[]
  /** Whether a value can be wanted, where there are too many to list. */
  isValue?: (text: string) => boolean
}

/** The person assigned to a ticket. */
interface Assignee {
  id: string
  name: string
  staff: boolean
  active: boolean
  color: number
}

/** Keeps the tickets with one of the wanted values. */
function anyOf<T extends string>(values: readonly T[]) {
  return {
    by: '=',
    matches: (value: T, wanted: readonly T[]) => wanted.includes(value),
    values,
  } as const satisfies Filter<T, readonly T[]>
}

/** `wanted`: a person's id, `me`, or `none`: no assignee who could act on the ticket. */
function isAssignedTo(assignee: Assignee | null, wanted: string, meId: string): boolean {
  if (wanted === 'none') return isUnassigned({ assignee })
  return assignee?.id === (wanted === 'me' ? meId : wanted)
}

/** A ticket whose assignee is deactivated or no longer staff counts as unassigned, though the assignee stays on it. */
export function isUnassigned({ assignee }: { assignee: Assignee | null }): boolean {
  return assignee === null || !assignee.active || !assignee.staff
}

type Fields = typeof fields
export type FieldName = keyof Fields
/** The names of the fields that have this property, or this value of it. */
type With<P extends object> = { [N in FieldName]: Fields[N] extends P ? N : never }[FieldName]

export type RowField = With<{ inRow: true }>
export type UpdatedField = With<{ event: 'ticket:updated' }>
/** Stored and written as it is: `editTicket` takes it by its name. */
export type PlainField = Exclude<UpdatedField, 'assignee'>
/** Has a column with its value. The assignee's column has an id. */
export type ColumnField = Exclude<FieldName, 'assignee'>
export type FilterField = With<{ filter: object }>
export type SortField = With<{ sort: object }>

type Widened<T> = T extends string ? (string extends T ? T : T extends '' ? string : T) : T
export type FieldValue<N extends FieldName> = Widened<Fields[N]['initial']>
export type TicketFields = { [N in FieldName]: FieldValue<N> }
/** What a list filters by, per field. */
export type FieldFilters = {
  [N in FilterField]: Fields[N]['filter'] extends Filter<never, infer W> ? W : never
}

const names = Object.keys(fields) as FieldName[]
function namesWith<N extends FieldName>(has: (field: Field) => boolean): readonly N[] {
  return names.filter((name): name is N => has(fields[name]))
}

export const rowFields = namesWith<RowField>(({ inRow }) => inRow)
export const updatedFields = namesWith<UpdatedField>(({ event }) => event === 'ticket:updated')
export const plainFields = updatedFields.filter((name): name is PlainField => name !== 'assignee')
export const columnFields = names.filter((name): name is ColumnField => name !== 'assignee')
export const filterFields = namesWith<FilterField>(({ filter }) => filter !== undefined)
const sortFields = namesWith<SortField>(({ sort }) => sort !== undefined)

/** The fields of a new ticket. */
export const initialFields: TicketFields = Object.fromEntries(
  names.map((name) => [name, fields[name].initial]),
) as TicketFields

/** These properties of a value. */
export function pick<T extends object, N extends keyof T>(
  from: T,
  names: readonly N[],
): Pick<T, N> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, N>
}

/**
 * `-` sorts downwards: newest, latest or most urgent first. Equal rows follow their ticket numbers in the same
 * direction.
 */
export type Sort = SortKey | `-${SortKey}` | typeof pressing
type SortKey = 'updated' | 'created' | SortField

export const sorts: readonly Sort[] = (['updated', 'created', ...sortFields] as const).flatMap(
  (name) => [`-${name}`, name] as const,
)

/** Only of tickets that nobody of the staff has looked at: the most urgent first, and of these the oldest. */
export const pressing = 'pressing'

/** The key of a sort, and whether it goes downwards. */
export function sortOf(sort: Sort): { by: SortKey | typeof pressing; isDown: boolean } {
  return { by: sort.replace('-', '') as SortKey, isDown: sort.startsWith('-') }
}
