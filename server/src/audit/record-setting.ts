import type { RecordAudit } from './record-audit.ts'

/** Records a changed setting: that of `personId`, or null for one of the whole installation. */
export async function recordSetting(
  record: RecordAudit,
  personId: string | null,
  setting: string,
  from: string | number | boolean,
  to: string | number | boolean,
): Promise<void> {
  if (from === to) return
  await record({ kind: 'settings.changed', subjectId: personId, details: { setting, from, to } })
}
