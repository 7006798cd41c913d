import { now } from '../database/now.ts'
import type { Tx } from '../database/types.ts'
import type { AuditActor, AuditContext, NewAuditEntry, RecordedEntry } from './audit-context.ts'

export type RecordAudit = (entry: NewAuditEntry) => Promise<void>

const detailLength = 200

/**
 * Adds an entry to the audit log, in the transaction of the change that it describes. There is no other way to add one.
 */
export async function recordAudit(
  tx: Tx,
  context: AuditContext,
  entry: NewAuditEntry,
): Promise<RecordedEntry> {
  const actor = entry.actor ?? context.actor
  const { id } = await tx
    .insertInto('audit_entries')
    .values({
      at: now,
      kind: entry.kind,
      via: context.via,
      actor_id: actor?.id ?? null,
      subject_id: entry.subjectId ?? null,
      ticket_id: entry.ticketId ?? null,
      comment_id: entry.commentId ?? null,
      session_id: actor?.sessionId ?? null,
      address: context.address,
      device: context.device,
      details: JSON.stringify(bounded(entry.details ?? {})),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (entry.text !== undefined && entry.commentId !== undefined) {
    await tx
      .insertInto('audit_texts')
      .values({ entry_id: id, comment_id: entry.commentId, text: entry.text })
      .execute()
  }
  return { ...entry, actor }
}

function bounded(details: NonNullable<NewAuditEntry['details']>): object {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, detailLength).toWellFormed() : value,
    ]),
  )
}

/** Records the entries of one attempt at a transaction, to report them if it commits. */
export function createRecorder(tx: Tx, context: AuditContext) {
  const recorded: RecordedEntry[] = []
  const record: RecordAudit = async (entry) => {
    recorded.push(await recordAudit(tx, context, entry))
  }
  return { record, recorded }
}

/** Records entries with the person who signs in as their actor. */
export function recordAs(record: RecordAudit, actor: AuditActor): RecordAudit {
  return (entry) => record({ actor, ...entry })
}
