import { sql } from 'kysely'
import type { Db } from '../database/types.ts'

/**
 * A clock for the sessions that have `clockSchemaPath`: they find its `clock_timestamp()` before PostgreSQL's, and so
 * write its time. The code that dates changes every day (tickets, comments, files, history, events) dates them in the
 * demo, too.
 */
export interface SetBackClock {
  set(time: number): Promise<void>
  remove(): Promise<void>
}

export const clockSchemaPath = 'demo,pg_catalog,public'

export async function createSetBackClock(db: Db): Promise<SetBackClock> {
  await sql`create unlogged table demo.clock (time timestamptz not null)`.execute(db)
  await sql`insert into demo.clock values (now())`.execute(db)
  await sql`create function demo.clock_timestamp() returns timestamptz language sql volatile
    as 'select time from demo.clock'`.execute(db)
  return {
    async set(time) {
      await sql`update demo.clock set time = ${new Date(time).toISOString()}`.execute(db)
    },
    async remove() {
      await sql`drop function demo.clock_timestamp()`.execute(db)
      await sql`drop table demo.clock`.execute(db)
    },
  }
}
