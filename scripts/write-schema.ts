import { writeFileSync } from 'node:fs'
import { describeSchema, schemaFile } from '../server/src/database/describe-schema.ts'
import { startTestServer } from '../server/src/testing/test-server.ts'
import { createLog } from '../server/src/create-log.ts'
import { connectDatabase } from '../server/src/database/open-database.ts'

const server = await startTestServer(undefined)
const log = await createLog({ logLevel: 'warn' }, process.stdout.isTTY)
const { pool } = connectDatabase({ ...server.administration, database: server.template }, log)
const client = await pool.connect()
try {
  writeFileSync(schemaFile, await describeSchema(client))
} finally {
  client.release()
  await pool.end()
  await server.stop()
}
