import { limits, mayTriage } from '@deskbell/contract'
import type { Body, Tag } from '@deskbell/contract'
import { actingPerson } from '../../access/actor.ts'
import type { Db, Tx } from '../../database/types.ts'
import { DeskError } from '../../errors.ts'
import type { NewEvent } from '../../log/append-events.ts'
import { change } from '../../log/change.ts'
import type { ChangeRequest } from '../../log/change.ts'
import { markUsed } from '../tags/mark-used.ts'
import { lockTags, tagsById } from '../tags/tag-rows.ts'
import type { Ticket, TicketTag } from '../ticket.ts'
import { lockTicket } from './lock-ticket.ts'
import { refuseStaleTags } from './refuse-stale.ts'
import { ticketEvent } from './ticket-event.ts'

/**
 * Adds tags to a ticket, and removes others. A merged tag counts as the one for which it stands. Public and internal tags
 * have one event each: people who are not staff see nothing of the second.
 */
export function setTags(
  db: Db,
  request: ChangeRequest,
  id: string,
  { add = [], remove = [], undoes }: Body<'setTags'>,
): Promise<{ id: string }> {
  return change(db, request, async (tx, actor) => {
    const { ticket } = await lockTicket(tx, actor, id)
    if (!mayTriage(actor)) throw new DeskError('forbidden')
    await lockTags(tx, 'shared')
    const known = await knownTags(tx, [...add, ...remove, ...ticket.tags.map((tag) => tag.id)])
    refuseBoth(known, add, remove)
    const removed = removedTags(ticket, known, remove)
    const kept = ticket.tags.filter((tag) => !removed.includes(tag))
    const added = addedTags(kept, known, add)
    const touched = [...add, ...remove].flatMap((tag) => [tag, targetOf(known, tag)])
    await refuseStaleTags(tx, actor, ticket, touched, undoes)
    if (kept.length + added.length > limits.tagsPerTicket) throw new DeskError('ticket.tooManyTags')

    await saveTags(tx, id, added, removed)
    const events: NewEvent[] = []
    let before = ticket
    for (const internal of [false, true]) {
      const isOfKind = (tag: TicketTag) => tag.internal === internal
      const news = { added: added.filter(isOfKind), removed: removed.filter(isOfKind) }
      if (news.added.length + news.removed.length === 0) continue
      const stay = before.tags.filter((tag) => !news.removed.includes(tag))
      const after = { ...before, tags: [...stay, ...news.added].sort(byId) }
      const changes = { tags: { added: idsOf(news.added), removed: idsOf(news.removed) } }
      const timeline = { kind: 'updated', data: { changes } } as const
      const data = { changes, updatedBy: actingPerson(actor) }
      const accompanies = events.length > 0
      const options = { internal, timeline, accompanies }
      events.push(ticketEvent('ticket:updated', before, after, data, options))
      before = after
    }
    // After the events of the ticket: the first event of a change confirms it to its client.
    events.push(...(await markUsed(tx, tagsIn(known, idsOf(added)))))
    return { result: { id }, events }
  })
}

function tagsIn(known: Known, ids: readonly string[]): Tag[] {
  return ids.flatMap((id) => known.get(id) ?? [])
}

/** These tags and those for which they stand, by id. */
async function knownTags(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Tag>> {
  if (ids.length === 0) return new Map()
  const named = await tagsById(tx, ids)
  const targets = named.flatMap(({ mergedInto }) => mergedInto ?? [])
  const all = targets.length === 0 ? named : [...named, ...(await tagsById(tx, targets))]
  return new Map(all.map((tag) => [tag.id, tag]))
}

type Known = ReadonlyMap<string, Tag>

function targetOf(known: Known, id: string): string {
  return known.get(id)?.mergedInto ?? id
}

function refuseBoth(known: Known, add: readonly string[], remove: readonly string[]): void {
  const targets = new Set(remove.map((id) => targetOf(known, id)))
  if (add.some((id) => targets.has(targetOf(known, id))))
    throw new DeskError('request.invalid', {
      fields: { add: 'A tag is added or removed, not both.' },
    })
}

function removedTags(ticket: Ticket, known: Known, remove: readonly string[]): TicketTag[] {
  const targets = new Set(remove.map((id) => targetOf(known, id)))
  return ticket.tags.filter(({ id }) => targets.has(targetOf(known, id)))
}

function addedTags(kept: readonly TicketTag[], known: Known, add: readonly string[]): TicketTag[] {
  const there = new Set(kept.map(({ id }) => targetOf(known, id)))
  const targets = [...new Set(add.map((id) => targetOf(known, id)))]
  return targets
    .filter((id) => !there.has(id))
    .map((id) => {
      const tag = known.get(id)
      if (tag === undefined) throw new DeskError('tag.deleted')
      if (tag.archived) throw new DeskError('tag.archived')
      return { id, internal: tag.internal }
    })
}

async function saveTags(
  tx: Tx,
  ticketId: string,
  added: readonly TicketTag[],
  removed: readonly TicketTag[],
): Promise<void> {
  if (removed.length > 0) {
    await tx
      .deleteFrom('ticket_tags')
      .where('ticket_id', '=', ticketId)
      .where('tag_id', 'in', idsOf(removed))
      .execute()
  }
  if (added.length > 0) {
    const rows = added.map(({ id }) => ({ ticket_id: ticketId, tag_id: id }))
    await tx.insertInto('ticket_tags').values(rows).execute()
  }
}

function idsOf(tags: readonly TicketTag[]): string[] {
  return tags.map(({ id }) => id)
}

function byId(a: TicketTag, b: TicketTag): number {
  return a.id < b.id ? -1 : 1
}
