import type { CompiledQuery, QueryExecutorProvider } from 'kysely'
import type { Db, Tx } from './types.ts'

/** Stands for a value in a built query; the value comes when the query runs. */
class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }

  /** Inside a text or a sum it would be used like a value. */
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

/** What the text of a statement depends on: nothing, a name, or several. */
type Variant = string | readonly string[] | void

/**
 * A statement that is built once per variant, because building it takes longer than running it. Values that differ
 * between runs come by name: `build` can place them in the query, but cannot read them.
 */
export function statement<V extends object, R, F extends Variant = void>(
  build: (db: Db | Tx, params: V, variant: F) => Query<R>,
): (db: Db | Tx, values: V, variant: F) => Promise<R[]> {
  // Shared by all databases of a process: it is text alone, and all of them have one schema.
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
