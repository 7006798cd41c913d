import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { migrate } from '../../database/migrate.ts'
import { migrateUntil } from '../../testing/migrate-until.ts'
import { createDatabase, dropDatabase } from '../../testing/test-server.ts'

const texts = [
  ['The “printer” is broken', 'printer'],
  ['¿Dónde está?', 'dónde'],
  ['Cassée : l’imprimante', 'imprimante'],
  ['A paper–jam', 'jam'],
  ['「键盘」', '键盘'],
  ['⚠️scanner', 'scanner'],
  ['a plain-text,word', 'text'],
] as const

/** The server's own, and the one of desks that were made before: beyond ASCII it knows no letters. */
const locales = ['', "locale_provider libc locale 'C'"]

test.for(locales)('signs of every script part words, also in older texts: %s', async (locale) => {
  const { administration, user } = inject('testServer')
  const listen = { ...administration, user, database: `test-${randomUUID()}` }
  const options = `owner ${user} encoding 'UTF8' ${locale} template template0`
  await createDatabase(administration, listen.database, options)
  const pool = new pg.Pool(listen)
  try {
    await migrateUntil({ pool, listen }, '0027_words.sql')
    await pool.query(`insert into people (id, email, name, role, password_hash)
      values (gen_random_uuid(), 'ada@desk', 'Ada', 'admin', 'none')`)
    await Promise.all(texts.map(([text]) => write(pool, text)))
    await migrate(listen)
    await Promise.all(texts.map(([text]) => write(pool, text)))

    for (const [, word] of texts) {
      for (const table of ['ticket_texts', 'comments']) {
        const found = `select from ${table} where search @@ to_tsquery('simple', $1)`
        expect([table, word, (await pool.query(found, [word])).rowCount]).toEqual([table, word, 2])
      }
    }
  } finally {
    await pool.end()
    await dropDatabase(administration, listen.database)
  }
})

async function write(pool: pg.Pool, text: string): Promise<void> {
  await pool.query(
    `with ticket as (
       insert into tickets (id, title, description, creator_id)
       select gen_random_uuid(), $1, '', id from people returning id, creator_id
     )
     insert into comments (id, ticket_id, author_id, body, internal)
     select gen_random_uuid(), id, creator_id, $1, false from ticket`,
    [text],
  )
}
