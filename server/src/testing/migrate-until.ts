import { copyFileSync, mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrate } from '../database/migrate.ts'
import type { TestDatabase } from './test-database.ts'

/** Empties the database, and applies the migrations before this one. */
export async function migrateUntil(
  { pool, listen }: Pick<TestDatabase, 'pool' | 'listen'>,
  migration: string,
): Promise<void> {
  await pool.query('drop schema public cascade; create schema public')
  const before = mkdtempSync(path.join(tmpdir(), 'deskbell-before-'))
  const all = path.resolve(import.meta.dirname, '../../migrations')
  const names = readdirSync(all).toSorted()
  for (const name of names.slice(0, names.indexOf(migration))) {
    copyFileSync(path.join(all, name), path.join(before, name))
  }
  await migrate(listen, before)
  await rm(before, { recursive: true })
}
