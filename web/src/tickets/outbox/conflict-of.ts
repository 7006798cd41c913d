import type { OutboxItem } from '@deskbell/client'
import { fields } from '@deskbell/contract'
import type { FieldName } from '@deskbell/contract'
import { valueWords } from '../value-words.ts'

/** The present value of the field that someone else changed meanwhile, in words; undefined for every other refusal. */
export function conflictOf({ error }: OutboxItem): string | undefined {
  if (error?.code !== 'ticket.changed') return undefined
  const { details } = error
  if (typeof details !== 'object' || details === null) return undefined
  if (!('field' in details) || !('current' in details)) return undefined
  return isField(details.field) ? valueWords(details.field, details.current) : undefined
}

function isField(name: unknown): name is FieldName {
  return typeof name === 'string' && Object.hasOwn(fields, name)
}
