import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { CompiledQuery, QueryExecutorProvider } from 'kysely'
import type { Database, Db, Tx } from './types.ts'

/** Stands in a built query where a value goes when it runs. */
class Gap {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** Builds, and runs nothing. */
const builder = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** A query builder, or a piece of SQL. */
interface Query<R> {
  compile(executor: QueryExecutorProvider): CompiledQuery<R>
}

/** Runs a statement with its values, for a form of it if it has several. */
type Run<V, F, R> = (db: Db | Tx, values: V, form: F) => Promise<R[]>

/**
 * A statement on the path of every call: building one takes longer than running it, so it is built once for each of its
 * forms. What differs from run to run is given by name: `build` can place it in the query, but not look at it.
 */
export function statement<V extends object, R, F = void>(
  build: (db: Db, given: V, form: F) => Query<R>,
): Run<V, F, R> {
  const built = new Map<F, CompiledQuery<R>>()
  const given = new Proxy({} as V, {
    get: (_none, name) => new Gap(String(name)),
    ownKeys() {
      throw new Error('What a statement is given has no names until it runs: take each by its own.')
    },
  })

  return async (db, values, form) => {
    let query = built.get(form)
    if (query === undefined) {
      query = build(builder, given, form).compile(builder)
      built.set(form, query)
    }
    const parameters = query.parameters.map((value) =>
      value instanceof Gap ? values[value.name as keyof V] : value,
    )
    const { rows } = await db.executeQuery<R>({ ...query, parameters })
    return rows
  }
}
