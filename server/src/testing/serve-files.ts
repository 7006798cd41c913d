import { pino } from 'pino'
import { startApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { connectDatabase } from '../database/open-database.ts'

/** A server in a process of its own, which a test has put where there is little room for files. */
const [connection = '', dataDir = ''] = process.argv.slice(2)
const log = pino({ level: 'silent' })
const database = connectDatabase(JSON.parse(connection), log)
const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir })
const app = await startApp({ config, database, log, webRoot: undefined })
process.stdout.write(`${app.url}\n`)
process.once('SIGTERM', () => {
  void app
    .stop()
    .then(() => database.pool.end())
    .then(() => process.exit(0))
})
