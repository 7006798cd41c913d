import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { limits } from '@deskbell/contract'
import type { Reply } from '@deskbell/contract'
import { later, now } from '../database/now.ts'
import type { Db, Tx } from '../database/types.ts'
import { DeskError } from '../errors.ts'
import { hashToken, newToken } from './secrets.ts'
import { withShownEmail } from './shown-email.ts'

export interface IssuedLink {
  token: string
  expiresAt: string
}

/** Issues a link that sets a password once. Earlier links of the person stop working. */
export async function issueLink(
  tx: Tx | Db,
  kind: 'invitation' | 'password',
  personId: string,
): Promise<IssuedLink> {
  await withdrawLinks(tx, personId)
  return insertLink(tx, kind, personId)
}

/** Limit on the set-up links at once, for a server that is started again and again. */
const setUpLinks = 20

/**
 * Issues a set-up link. Earlier ones stay valid: other starts, perhaps of other nodes, printed them, and only their
 * operator knows them.
 */
export async function issueSetUp(tx: Tx): Promise<IssuedLink> {
  const setUps = tx.selectFrom('links').select('id').where('kind', '=', 'setup')
  await tx
    .deleteFrom('links')
    .where('kind', '=', 'setup')
    .where('id', 'not in', setUps.orderBy('created_at', 'desc').limit(setUpLinks - 1))
    .execute()
  return insertLink(tx, 'setup', null)
}

/** A link for its person's mailbox. */
export interface CopiedLink extends IssuedLink {
  kind: 'invitation' | 'password'
  name: string
  email: string
}

/**
 * Makes another token for a link, for an e-mail: the token of the link is nowhere but in the answer to whoever asked for
 * it. Using either ends both. Undefined: the link was used, withdrawn or replaced, or does not work any more.
 */
export function copyLink(db: Db, linkId: string): Promise<CopiedLink | undefined> {
  return db.transaction().execute(async (tx) => {
    // Links end under the people lock: one that ends now takes this token with it.
    await sql`select lock_people(true)`.execute(tx)
    const link = await tx
      .selectFrom('links as l')
      .innerJoin('people as p', 'p.id', 'l.person_id')
      .select(['l.kind', 'l.expires_at as expiresAt', 'p.id as personId', 'p.name', 'p.email'])
      .where('l.id', '=', linkId)
      .where(sql<boolean>`l.expires_at > ${now} and p.active`)
      .executeTakeFirst()
    if (link === undefined || link.kind === 'setup') return undefined
    const { kind, expiresAt, personId, name, email } = link
    const token = newToken()
    await tx
      .insertInto('links')
      .values({
        id: uuidv7(),
        kind,
        person_id: personId,
        token_hash: hashToken(token),
        expires_at: expiresAt,
        mailed: true,
      })
      .execute()
    return { token, expiresAt, kind, name, email }
  })
}

/** Ends one token of a link. */
export async function dropLink(db: Db, token: string): Promise<void> {
  await db.deleteFrom('links').where('token_hash', '=', hashToken(token)).execute()
}

async function insertLink(
  tx: Tx | Db,
  kind: 'setup' | 'invitation' | 'password',
  personId: string | null,
): Promise<IssuedLink> {
  const token = newToken()
  const lifeMs = kind === 'password' ? limits.passwordLinkMs : limits.invitationMs
  const { expiresAt } = await tx
    .insertInto('links')
    .values({
      id: uuidv7(),
      kind,
      person_id: personId,
      token_hash: hashToken(token),
      expires_at: later(lifeMs),
    })
    .returning('expires_at as expiresAt')
    .executeTakeFirstOrThrow()
  return { token, expiresAt }
}

export async function withdrawLinks(tx: Tx | Db, personId: string | null): Promise<void> {
  await tx.deleteFrom('links').where('person_id', 'is not distinct from', personId).execute()
}

/** Uses up a link. Of two requests at once, one gets it. */
export async function takeLink(
  tx: Tx,
  token: string,
  kinds: readonly string[],
): Promise<{ kind: string; personId: string | null }> {
  const link = await tx
    .deleteFrom('links')
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', now)
    .where(sql<boolean>`kind::text = any(${[...kinds]})`)
    .returning(['kind', 'person_id as personId'])
    .executeTakeFirst()
  if (link === undefined) throw new DeskError('link.invalid')
  return link
}

/** Refuses an invalid set-up link before anything expensive is done. */
export async function requireSetUpLink(db: Db, token: string): Promise<void> {
  const link = await db
    .selectFrom('links')
    .select('id')
    .where('token_hash', '=', hashToken(token))
    .where('expires_at', '>', now)
    .where('kind', '=', 'setup')
    .executeTakeFirst()
  if (link === undefined) throw new DeskError('link.invalid')
}

/** Reads the person that a link is for, to greet them. */
export async function readLink(db: Db, token: string): Promise<Reply<'invitation'>> {
  const link = await db
    .selectFrom('links as l')
    .innerJoin('people as p', 'p.id', 'l.person_id')
    .select(['l.kind', 'p.name', 'p.email', 'l.expires_at as expiresAt'])
    .where('l.token_hash', '=', hashToken(token))
    .where(sql<boolean>`l.expires_at > ${now} and p.active`)
    .executeTakeFirst()
  if (link === undefined || link.kind === 'setup') throw new DeskError('link.invalid')
  return { ...withShownEmail(link), kind: link.kind }
}
