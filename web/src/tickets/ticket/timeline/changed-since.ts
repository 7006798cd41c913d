import type { TimelineGap } from '@deskbell/client'
import { fields, isBy, plainFields } from '@deskbell/contract'
import type { FieldName, TimelineItem } from '@deskbell/contract'
import { valueWords } from '../../value-words.ts'
import type { Reading } from './timeline-blocks.ts'

/**
 * A field, before and after what the reader has not seen; without its values where something in between is not loaded. Texts
 * that rows do not show are too long to be quoted.
 */
export interface ChangedField {
  name: FieldName
  label: string
  values: { old: string; new: string } | undefined
}

interface Step {
  name: FieldName
  old: unknown
  new: unknown
}

/** The fields that others changed since the reader last saw the ticket, and that have another value now. */
export function changedSince(
  timeline: readonly TimelineItem[],
  gaps: readonly TimelineGap[],
  { seen, readerId }: Reading,
): ChangedField[] {
  const isWhole = gaps.every(({ before }) => before - 1 <= seen)
  const unseen = timeline.filter(({ seq }) => seq > seen)
  const byOthers = new Set(
    unseen.filter(({ actor }) => !isBy(actor, readerId)).flatMap((item) => namesOf(item)),
  )
  const steps = unseen.flatMap(stepsOf)
  return [...byOthers].flatMap((name) => {
    const own = steps.filter((step) => step.name === name)
    const [before, after] = [words(name, own[0]?.old), words(name, own.at(-1)?.new)]
    if (isWhole && before === after) return []
    const { label, inRow } = fields[name]
    const values = isWhole && inRow ? { old: before, new: after } : undefined
    return [{ name, label, values }]
  })
}

function namesOf(item: TimelineItem): FieldName[] {
  return stepsOf(item).map(({ name }) => name)
}

function stepsOf(item: TimelineItem): Step[] {
  if (item.kind === 'status' || item.kind === 'priority')
    return [{ name: item.kind, old: item.old, new: item.new }]
  if (item.kind !== 'updated') return []
  return ([...plainFields, 'assignee'] as const).flatMap((name) => {
    const change = item.changes[name]
    return change === undefined ? [] : [{ name, old: change.old, new: change.new }]
  })
}

function words(name: FieldName, value: unknown): string {
  return value === null || value === undefined ? 'none' : valueWords(name, value)
}
