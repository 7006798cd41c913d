import type pg from 'pg'
import { StartupError } from '../startup-error.ts'
import { refuseUnsupportedVersion } from './supported-version.ts'

interface Fitness {
  name: string
  user: string
  version: string
  encoding: string
  mayCreate: boolean | null
}

/** Checks a database before the first table is created, and explains how to fix what would fail later. */
export async function refuseUnfitDatabase(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<Fitness>(`
    select quote_ident(current_database()) as name, quote_ident(current_user) as "user",
      current_setting('server_version') as version, current_setting('server_encoding') as encoding,
      has_schema_privilege(current_schema, 'create') as "mayCreate"`)
  for (const { name, user, version, encoding, mayCreate } of rows) {
    refuseUnsupportedVersion(version)
    if (encoding !== 'UTF8') {
      throw new StartupError(
        `The database of DATABASE_URL keeps text as ${encoding}, which has no place for what people write. ` +
          `Make one for all languages: create database ${name} owner ${user} encoding 'UTF8' template template0`,
      )
    }
    if (mayCreate !== true) {
      throw new StartupError(
        'The user of DATABASE_URL may not make tables there. ' +
          `Let it own the database: alter database ${name} owner to ${user}`,
      )
    }
  }
}
