import type { FastifyInstance } from 'fastify'
import { auditCsv } from '../audit/audit-csv.ts'
import { readAudit, readWholeAudit } from '../audit/read-audit.ts'
import type { HttpParts } from './http-parts.ts'
import { mount } from './mount.ts'

export function auditRoutes(app: FastifyInstance, { db }: HttpParts): void {
  mount(app, 'audit', ({ actor, query }) => readAudit(db, actor, query))
  mount(app, 'auditCsv', async ({ actor, query, reply }) => {
    const entries = readWholeAudit(db, actor, query)
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="deskbell-audit.csv"')
      .header('x-content-type-options', 'nosniff')
      .send(auditCsv(entries))
  })
}
