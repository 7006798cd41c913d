import { pino } from 'pino'
import { startApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { connectDatabase } from '../database/open-database.ts'
import { outliveRequests } from '../outlive-requests.ts'

/** A server in a process of its own: for tests of what could end one, and of a disk that is nearly full. */
const [connection = '', dataDir = '', level = 'silent'] = process.argv.slice(2)
const log = pino({ level }, pino.destination({ fd: process.stderr.fd, sync: true }))
outliveRequests(log)
const database = connectDatabase(JSON.parse(connection), log)
const config = readConfig({ HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir })
const app = await startApp({ config, database, log, webRoot: undefined })
process.stdout.write(`${app.url}\n`)
process.once('SIGUSR2', () => void Promise.reject(new Error('nobody waits for this')))
process.once('SIGTERM', () => {
  void app
    .stop()
    .then(() => database.pool.end())
    .then(() => process.exit(0))
})
