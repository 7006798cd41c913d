import { Readable, pipeline } from 'node:stream'
import { stringify } from 'csv-stringify'
import { auditKinds } from '@deskbell/contract'
import type { AuditEntry } from '@deskbell/contract'

const columns: Record<string, (entry: AuditEntry) => string> = {
  number: ({ id }) => String(id),
  time: ({ at }) => at,
  kind: ({ kind }) => kind,
  what: ({ kind }) => new Map<string, string>(Object.entries(auditKinds)).get(kind) ?? kind,
  via: ({ via }) => via,
  'who: name': ({ actor }) => actor?.name ?? '',
  'who: e-mail': ({ actor }) => actor?.email ?? '',
  'who: id': ({ actor }) => actor?.id ?? '',
  'whose: name': ({ subject }) => subject?.name ?? '',
  'whose: e-mail': ({ subject }) => subject?.email ?? '',
  'whose: id': ({ subject }) => subject?.id ?? '',
  ticket: ({ ticket }) => String(ticket?.number ?? ''),
  'comment id': ({ commentId }) => commentId ?? '',
  details: ({ details }) =>
    Object.entries(details)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; '),
  'text before': ({ text }) => text ?? '',
  address: ({ address }) => address ?? '',
  device: ({ device }) => device ?? '',
  'session id': ({ sessionId }) => sessionId ?? '',
}

/** Formats entries as a CSV file for spreadsheets. */
export function auditCsv(entries: AsyncIterable<AuditEntry>): Readable {
  const csv = stringify({
    header: true,
    columns: Object.keys(columns),
    record_delimiter: 'windows',
    quoted: true,
    // Excel reads a file as UTF-8 only if it begins with this.
    bom: true,
    // People choose their names, and browsers their User-Agent: no cell may be read as a formula.
    escape_formulas: true,
    cast: { string: (text) => (text.startsWith('\n') ? `'${text}` : text) },
  })
  // If one side breaks off, the other ends; Fastify reports it.
  return pipeline(Readable.from(rowsOf(entries)), csv, () => {})
}

async function* rowsOf(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string[], void> {
  for await (const entry of entries) yield Object.values(columns).map((cell) => cell(entry))
}
