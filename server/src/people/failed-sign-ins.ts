import { sql } from 'kysely'
import type { FailedSignIns } from '@deskbell/contract'
import { now } from '../database/now.ts'
import type { Db } from '../database/types.ts'

/** Records a failed sign-in for the owner of the account, if it exists. One row per person counts all of them. */
export async function recordFailedSignIn(
  db: Db,
  email: string,
  address: string | undefined,
): Promise<void> {
  await sql`
    insert into failed_sign_ins as f (person_id, attempts, first_at, last_at, last_address)
    select id, 1, ${now}, ${now}, ${address?.slice(0, 100) ?? null}
    from people where lower(email) = ${email}
    on conflict (person_id) do update
    set attempts = f.attempts + 1, last_at = excluded.last_at, last_address = excluded.last_address
  `.execute(db)
}

/** The failed sign-ins that the person has not dismissed. */
export async function readFailedSignIns(db: Db, personId: string): Promise<FailedSignIns | null> {
  const found = await db
    .selectFrom('failed_sign_ins')
    .select(['attempts', 'first_at as firstAt', 'last_at as lastAt', 'last_address as lastAddress'])
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return found ?? null
}

/** Deletes the record, unless more failures came after `until`. */
export async function dismissFailedSignIns(db: Db, personId: string, until: string): Promise<void> {
  await db
    .deleteFrom('failed_sign_ins')
    .where('person_id', '=', personId)
    .where('last_at', '<=', until)
    .execute()
}
