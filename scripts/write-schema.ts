import { writeFileSync } from 'node:fs'
import { pino } from 'pino'
import { describeSchema, schemaFile } from '../server/src/database/describe-schema.ts'
import { startTestServer } from '../server/src/testing/test-server.ts'
import { connectDatabase } from '../server/src/database/open-database.ts'

const server = await startTestServer(undefined)
const log = pino({ level: 'warn' })
const { pool } = connectDatabase({ ...server.administration, database: server.template }, log)
const client = await pool.connect()
try {
  writeFileSync(schemaFile, await describeSchema(client))
} finally {
  client.release()
  await pool.end()
  await server.stop()
}
