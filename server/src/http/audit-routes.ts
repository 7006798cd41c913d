import type { FastifyInstance } from 'fastify'
import type { AuditEntry } from '@deskbell/contract'
import { auditCsv } from '../audit/audit-csv.ts'
import { readAudit, readWholeAudit } from '../audit/read-audit.ts'
import { deviceWords } from '../people/device-words.ts'
import type { HttpParts } from './http-parts.ts'
import { defineRoute } from './define-route.ts'

export function auditRoutes(app: FastifyInstance, { db }: HttpParts): void {
  defineRoute(app, 'audit', async ({ actor, query }) => {
    const { items, next } = await readAudit(db, actor, query)
    return { items: await Promise.all(items.map(inWords)), next }
  })
  defineRoute(app, 'auditCsv', async ({ actor, query, reply }) => {
    const entries = readWholeAudit(db, actor, query)
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="deskbell-audit.csv"')
      .header('x-content-type-options', 'nosniff')
      .send(auditCsv(entries))
  })
}

/** Names the device in words. The CSV file keeps the original User-Agent. */
async function inWords(entry: AuditEntry): Promise<AuditEntry> {
  return { ...entry, device: entry.device && (await deviceWords(entry.device)) }
}
