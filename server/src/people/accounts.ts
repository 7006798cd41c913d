import { sql } from 'kysely'
import { initialPersonSettings, isStaff, mayManagePeople } from '@deskbell/contract'
import type { Account, Me, PersonRef, Position, Reader } from '@deskbell/contract'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import type { NewEvent } from '../log/append-events.ts'
import { positionColumns, snapshot } from '../log/log-position.ts'
import { personRef } from '../access/actor.ts'
import { withShownEmail } from './shown-email.ts'

/** People, as a super admin sees them. */
function accountRows(db: Db | Tx) {
  return db
    .selectFrom('people as p')
    .select([
      'p.id',
      'p.name',
      'p.email',
      'p.role',
      'p.color',
      'p.active',
      sql<boolean>`p.password_hash is null`.as('pending'),
      sql<string | null>`(select max(expires_at) from links where links.person_id = p.id)`.as(
        'linkExpiresAt',
      ),
      'p.created_at as createdAt',
    ])
}

export async function accountById(tx: Tx | Db, id: string): Promise<Account> {
  const account = await accountRows(tx).where('p.id', '=', id).executeTakeFirst()
  if (account === undefined) throw new DeskError('not.found')
  return withShownEmail(account)
}

export async function readAccount(
  db: Db,
  reader: Reader,
  id: string,
): Promise<{ person: Account } & Position> {
  refuseOthers(reader)
  return snapshot(db, async (tx) => ({ person: await accountById(tx, id) }))
}

export async function readPeople(
  db: Db,
  reader: Reader,
): Promise<{ people: Account[] } & Position> {
  refuseOthers(reader)
  return snapshot(db, async (tx) => ({
    people: (await accountRows(tx).orderBy('p.name').orderBy('p.id').execute()).map(withShownEmail),
  }))
}

/** Also refuses a person who made a change as a super admin, and repeats the request after a demotion. */
function refuseOthers(reader: Reader): void {
  if (!mayManagePeople(reader)) throw new DeskError('forbidden')
}

export async function readMe(db: Db, id: string): Promise<{ me: Me } & Position> {
  const row = await db
    .selectFrom('people')
    .select(['id', 'name', 'email', 'role', 'color', 'settings', 'created_at as createdAt'])
    .select(positionColumns)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new DeskError('session.none')
  const { log_seq: seq, log_tag: tag, ...me } = row
  const settings = { ...initialPersonSettings, ...me.settings }
  return { me: { ...withShownEmail(me), settings }, seq, tag }
}

/** Names for pickers: staff get all active people; others get the active people whom their tickets show. */
export function readNames(db: Db, reader: Reader): Promise<{ people: PersonRef[] } & Position> {
  return snapshot(db, async (tx) => {
    const people = await tx
      .selectFrom('people as p')
      .select(['p.id', 'p.name', 'p.role', 'p.active', 'p.color'])
      .where('p.active', '=', true)
      .$if(!isStaff(reader.role), (query) =>
        query.where(sql<boolean>`p.id in (
          select ${reader.id}::uuid
          union all select person_id from acquaintances where reader_id = ${reader.id})`),
      )
      .orderBy('p.name')
      .orderBy('p.id')
      .execute()
    return { people: people.map(personRef) }
  })
}

/**
 * The events of a changed person: colleagues get the name and whether the person is active or staff; super admins get
 * the whole account.
 */
export function personEvents(
  before: Account | undefined,
  after: Account,
): [NewEvent, ...NewEvent[]] {
  const account: NewEvent<'person:accountChanged'> = {
    name: 'person:accountChanged',
    data: { account: after },
    audience: 'super_admins',
    people: [],
  }
  if (before !== undefined && same(personRef(before), personRef(after))) return [account]
  const changed: NewEvent<'person:changed'> = {
    name: 'person:changed',
    data: {
      person: personRef(after),
      wasAssignable: before !== undefined && before.active && isStaff(before.role),
    },
    audience: 'participants',
    people: [],
  }
  return [changed, account]
}

function same(a: PersonRef, b: PersonRef): boolean {
  return a.name === b.name && a.staff === b.staff && a.active === b.active
}
