import { sql } from 'kysely'

/**
 * SQL for a timestamp as text, in the form of the contract's times. For timestamps inside JSON, which pg does not
 * parse.
 */
export function iso(column: string) {
  return sql<string>`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
