import { sql } from 'kysely'

/** The time in whole milliseconds, as the contract's times have: what is stored is exactly what was told. */
export const now = sql<string>`date_trunc('milliseconds', clock_timestamp())`
