import type { FieldName, FieldValue } from '@deskbell/contract'
import type { Base } from '../outbox/entry.ts'
import type { Outbox } from '../outbox/outbox.ts'

export interface FieldChange<N extends FieldName = FieldName> {
  name: N
  to: FieldValue<N>
  /** The comment with which it is made, by its id. */
  after?: string | undefined
}

/** Gives one field of a ticket another value. */
export async function changeField(
  outbox: Outbox,
  ticketId: string,
  { name, to, after }: FieldChange,
  { key, ...base }: Base & { key: string },
): Promise<void> {
  const change = {
    kind: 'changeField',
    name,
    to,
    base,
    ...(after !== undefined && { after }),
  } as const
  await outbox.execute({ id: key, ticketId, change })
}
