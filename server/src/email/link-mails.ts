import { sql } from 'kysely'
import type { ActorRef } from '@deskbell/contract'
import type { Delivered, NewDelivery } from '../consumers/consumer.ts'
import type { Db, Tx } from '../database/types.ts'
import type { LoggedEvent } from '../log/logged-event.ts'
import { copyLink, dropLink } from '../people/links.ts'
import { linkLetter } from './link-letter.ts'
import { messageId } from './mail.ts'
import type { Smtp } from './smtp.ts'

/** An invitation or a password link that is to be sent to its person. */
export interface LinkItem {
  kind: 'link'
  personId: string
  linkId: string
  /** Who made it. */
  byId: string
}

/** Longer than the transaction that makes a link and appends its event takes. */
const madeWithin = '1 minute'

/**
 * The links that people made for others. One that an operator makes on the server is printed there, and only there.
 */
export async function takeLinks(tx: Tx, events: readonly LoggedEvent[]): Promise<NewDelivery[]> {
  const deliveries: NewDelivery[] = []
  for (const event of events) {
    if (event.name !== 'person:accountChanged') continue
    const byId = personOf(event.actor)
    const { id, linkExpiresAt } = event.data.account
    if (linkExpiresAt === null) continue
    const made = await tx
      .updateTable('links')
      .set({ mailed: true })
      .where('person_id', '=', id)
      .where('mailed', '=', false)
      // The event may be of another change to an account that has a link from before e-mail was set up.
      .where(sql<boolean>`created_at > ${event.at}::timestamptz - ${madeWithin}::interval`)
      .returning('id')
      .execute()
    if (byId === undefined) continue
    for (const { id: linkId } of made) {
      const item: LinkItem = { kind: 'link', personId: id, linkId, byId }
      deliveries.push({ key: `link:${linkId}`, item, dueInMs: 0 })
    }
  }
  return deliveries
}

function personOf(actor: ActorRef | null): string | undefined {
  return actor?.kind === 'person' ? actor.person.id : undefined
}

/** Sends a link of its own, made here: the other one is known to nobody but whoever asked for it. */
export async function sendLink(
  db: Db,
  smtp: Smtp,
  publicUrl: string,
  { linkId, byId }: LinkItem,
): Promise<Delivered> {
  const link = await copyLink(db, linkId)
  if (link === undefined) return { kind: 'done' }
  const by = await db.selectFrom('people').select('name').where('id', '=', byId).executeTakeFirst()
  const { kind, name, email, token, expiresAt } = link
  const outcome = await smtp.send({
    to: { name, address: email },
    messageId: messageId(publicUrl, 'link', linkId),
    ...linkLetter({
      kind,
      by: by?.name ?? 'A super admin',
      url: `${publicUrl}/invitation/${token}`,
      expiresAt,
      host: new URL(publicUrl).host,
    }),
  })
  // The server did not take the e-mail. After a broken connection it may have.
  if (outcome.kind === 'refused' || outcome.kind === 'retry') await dropLink(db, token)
  return outcome
}
