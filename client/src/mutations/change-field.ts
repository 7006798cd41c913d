import type { FieldName, FieldValue } from '@deskbell/contract'
import type { Base } from '../outbox/entry.ts'
import type { Outbox } from '../outbox/outbox.ts'

export interface FieldChange<N extends FieldName = FieldName> {
  name: N
  to: FieldValue<N>
}

/** Gives one field of a ticket another value. */
export async function changeField(
  outbox: Outbox,
  ticketId: string,
  { name, to }: FieldChange,
  { key, ...base }: Base & { key: string },
): Promise<void> {
  await outbox.execute({ id: key, ticketId, change: { kind: 'changeField', name, to, base } })
}
