import type { ColumnType } from 'kysely'

/** A timestamp: read as ISO-8601 UTC text, written as text or a Date. */
export type Time = ColumnType<string, string | Date, string | Date>
/** A timestamp that the database sets. */
export type MadeTime = ColumnType<string, string | Date | undefined, string | Date>
export type Json<T> = ColumnType<T, string, string>
