import { sql } from 'kysely'
import type { AliasedRawBuilder, RawBuilder } from 'kysely'
import { columnFields, fields } from '@deskbell/contract'
import type { ColumnField, FieldValue, RowField } from '@deskbell/contract'

/** The column of a field: `dueOn` is stored in `due_on`. */
export function columnOf(name: ColumnField): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** SQL for a field of ticket `t`. */
export function fieldColumn<N extends ColumnField>(name: N): RawBuilder<FieldValue<N>> {
  return sql`${sql.ref(`t.${columnOf(name)}`)}`
}

type Selected<N extends ColumnField> = { [K in N]: AliasedRawBuilder<FieldValue<K>, K> }[N]

function selected<N extends ColumnField>(names: readonly N[]): Selected<N>[] {
  return names.map((name) => fieldColumn(name).as(name)) as Selected<N>[]
}

type RowColumn = RowField & ColumnField

/** The fields of a list row, to be selected from tickets `t`. */
export const rowColumns = selected(
  columnFields.filter((name): name is RowColumn => fields[name].inRow),
)
/** The fields that only a whole ticket has. */
export const otherColumns = selected(
  columnFields.filter((name): name is Exclude<ColumnField, RowColumn> => !fields[name].inRow),
)
