import { createHash } from 'node:crypto'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'
import { isDatabaseAway } from './is-database-away.ts'

/** Statements that can be prepared; `begin` and the like cannot. */
const plannable = /^\s*(select|insert|update|delete|with)\b/i

// A plan takes about 20 KB in its session.
const namesPerConnection = 200
const knownTexts = 1000

/**
 * A pool for Kysely that sends every query as a named prepared statement, so that each session parses and plans it
 * once. A connection is replaced when it is released with too many plans (from texts that differ each time, or lists of
 * varying length), with plans that no longer fit the tables, or after it was lost.
 */
export function namedStatements(pool: pg.Pool): PostgresPool {
  const nameOf = createNames()
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const known = clients.get(client)
      if (known !== undefined) return known
      const naming = namingClient(client, nameOf)
      clients.set(client, naming)
      return naming
    },
  }
}

/** Undefined: the statement cannot be prepared. */
type NameOf = (text: string) => string | undefined

function namingClient(client: pg.PoolClient, nameOf: NameOf): PostgresPoolClient {
  const names = new Set<string>()
  let worn = false
  let lost: Error | undefined

  async function query(text: string, values: readonly unknown[]): Promise<unknown> {
    const name = nameOf(text)
    if (name !== undefined) names.add(name)
    try {
      return await client.query({ ...(name && { name }), text, values: [...values] })
    } catch (error) {
      worn ||= isLostPlan(error)
      if (isDatabaseAway(error)) lost = error
      throw error
    }
  }

  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) =>
      client.release(lost ?? (destroy === true || worn || names.size > namesPerConnection)),
  }
}

function createNames(): NameOf {
  const names = new Map<string, string | undefined>()
  return (text) => {
    if (names.has(text)) return names.get(text)
    if (names.size >= knownTexts) names.clear()
    const name = plannable.test(text)
      ? createHash('sha256').update(text).digest('base64url').slice(0, 16)
      : undefined
    names.set(text, name)
    return name
  }
}

/**
 * Whether a plan is unusable: `cached plan must not change result type` after a migration, or a name that a pooler in
 * between has lost.
 */
function isLostPlan(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === '0A000' || error.code === '26000')
  )
}
