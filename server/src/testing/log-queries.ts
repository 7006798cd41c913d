import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Database, Db } from '../database/types.ts'

interface Query {
  sql: string
  parameters: readonly unknown[]
}

/** The same database, and the queries that go through it, oldest first. */
export function logQueries({ db, pool }: { db: Db; pool: pg.Pool }): { db: Db; queries: Query[] } {
  const queries: Query[] = []
  const logging = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    log: ({ query }) => void queries.push(query),
  })
  return {
    db: Object.assign(logging, { withPermit: db.withPermit, appended: db.appended }),
    queries,
  }
}
