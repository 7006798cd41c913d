import type { Write } from '../database/lease.ts'
import type { Db } from '../database/types.ts'

/** Writes as the holder of a lease does, in a test that has the database alone. */
export function writeFreely(db: Db): Write {
  return (work) => db.transaction().execute(work)
}
