import { pino } from 'pino'
import { startApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { migrate } from '../database/migrate.ts'
import { connectDatabase, openDatabase } from '../database/open-database.ts'
import { makeRoomToStart } from '../files/disk-reserve.ts'
import { outliveRequests } from '../outlive-requests.ts'

/**
 * A server in a separate process, for tests of errors that could end it and of a nearly full disk. With `null` as the
 * connection it runs its own PostgreSQL in its folder. It prints its address, and then its set-up link.
 */
const [connection = '', dataDir = '', level = 'silent', settings = '{}'] = process.argv.slice(2)
const log = pino({ level }, pino.destination({ fd: process.stderr.fd, sync: true }))
outliveRequests(log)
const config = readConfig({
  HOST: '127.0.0.1',
  PORT: '0',
  DATA_DIR: dataDir,
  ...(JSON.parse(settings) as Record<string, string>),
})
const database = await open()
const app = await startApp({ config, database, log, webRoot: undefined })
process.stdout.write(`${app.url}\n${app.setUpUrl ?? ''}\n`)
process.once('SIGUSR2', () => void Promise.reject(new Error('nobody waits for this')))
process.once('SIGTERM', () => {
  void app
    .stop()
    .then(() => database.close())
    .then(() => process.exit(0))
})

async function open() {
  if (connection !== 'null') {
    const connected = connectDatabase(JSON.parse(connection), log)
    return { ...connected, close: () => connected.pool.end() }
  }
  await makeRoomToStart(config)
  const opened = await openDatabase(config, log)
  await migrate(opened.listen)
  return opened
}
