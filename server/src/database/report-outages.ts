import type { PostgresPool, PostgresPoolClient } from 'kysely'
import { isDatabaseAway } from './is-database-away.ts'
import type { OutageLog } from './outage-log.ts'

/** The same pool; it reports to the outage log whether the database answers. */
export function reportOutages(pool: PostgresPool, outages: OutageLog): PostgresPool {
  const clients = new WeakMap<PostgresPoolClient, PostgresPoolClient>()

  async function observed<T>(attempt: Promise<T>): Promise<T> {
    try {
      const answer = await attempt
      outages.answered()
      return answer
    } catch (error) {
      // A refused statement is an answer, too.
      if (isDatabaseAway(error)) outages.failed(error)
      else outages.answered()
      throw error
    }
  }

  function reporting(client: PostgresPoolClient): PostgresPoolClient {
    const query = (text: string, values: readonly unknown[]) => observed(client.query(text, values))
    return {
      query: query as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
    }
  }

  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      try {
        const client = await pool.connect()
        const known = clients.get(client) ?? reporting(client)
        clients.set(client, known)
        return known
      } catch (error) {
        outages.failed(error)
        throw error
      }
    },
  }
}
