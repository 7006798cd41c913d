import type { CompiledQuery, QueryExecutorProvider } from 'kysely'
import type { Db, Tx } from './types.ts'

/** Stands in a built query where a value goes when it runs. */
class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  /** In a text or a sum it would pass for a value. */
  [Symbol.toPrimitive](): never {
    throw new Error(
      `A statement is built before ${this.name} is given: only its query can take it.`,
    )
  }
}

/** A query builder, or a piece of SQL. */
interface Query<R> {
  compile(executor: QueryExecutorProvider): CompiledQuery<R>
}

/** What decides over the text of a statement: nothing, a name, or several. */
type Variant = string | readonly string[] | void

/**
 * A statement on the path of every call: building one takes longer than running it, so it is built once for each of its
 * forms. What differs from run to run is given by name: `build` can place it in the query, but not look at it.
 */
export function statement<V extends object, R, F extends Variant = void>(
  build: (db: Db, params: V, variant: F) => Query<R>,
): (db: Db | Tx, values: V, variant: F) => Promise<R[]> {
  const built = new Map<string, CompiledQuery<R>>()
  const params = new Proxy({} as V, {
    get: (_none, name) => new Placeholder(String(name)),
    ownKeys() {
      throw new Error('What a statement is given has no names until it runs: take each by its own.')
    },
  })

  return async (db, values, variant) => {
    const key = String(variant)
    const query = built.get(key) ?? build(db, params, variant).compile(db)
    built.set(key, query)
    const parameters = query.parameters.map((value) =>
      value instanceof Placeholder ? values[value.name as keyof V] : value,
    )
    const { rows } = await db.executeQuery<R>({ ...query, parameters })
    return rows
  }
}
