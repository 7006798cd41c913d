import { pino } from 'pino'
import { isLocalUrl } from '@deskbell/contract'
import { addressFileIn } from './address-file.ts'
import { serverContext } from './audit/audit-context.ts'
import type { AuditContext } from './audit/audit-context.ts'
import { readConfig } from './config.ts'
import type { Config } from './config.ts'
import { clusterDirectoryIn, hasCluster } from './database/embedded/cluster.ts'
import { connectDatabase, openDatabase } from './database/open-database.ts'
import type { OpenDatabase } from './database/open-database.ts'
import { runningPostgres } from './database/embedded/running-postgres.ts'
import { DeskError } from './errors.ts'
import { makeRoomToStart } from './files/disk-reserve.ts'
import { loadEnvironment } from './load-environment.ts'
import { issuePasswordLinkOnServer } from './people/issue-password-link.ts'
import { StartupError } from './startup-error.ts'

/** `npm run password-link -- EMAIL`: prints a link that sets a password once. The server may run or not. */
const log = pino({ level: 'silent' })
const onServer: AuditContext = { ...serverContext, via: 'console' }

try {
  console.log(await passwordLink(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof StartupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

async function passwordLink(args: readonly string[]): Promise<string> {
  const [email, ...rest] = args
  if (email === undefined || rest.length > 0) {
    throw new StartupError('Say for whom: npm run password-link -- EMAIL')
  }
  loadEnvironment(process.env)
  const config = readConfig(process.env)
  const { database, isServed } = await reachDatabase(config)
  try {
    const { token, expiresAt } = await issuePasswordLinkOnServer(database.db, onServer, email)
    const url = `${await addressOf(config, isServed)}/invitation/${token}`
    const until = new Date(expiresAt).toLocaleString()
    const start = isServed ? '' : '\nStart Deskbell before you open it: npm start'
    const local = isLocalUrl(url)
      ? '\nOnly this computer can open it. For others, set PUBLIC_URL to an address that reaches this computer.'
      : ''
    return `${url}\nIt works once, until ${until}.${local}${start}`
  } catch (error) {
    throw new StartupError(explain(error, email), { cause: error })
  } finally {
    await database.close()
  }
}

/** The URL of the running server, or the one that this configuration would give it. */
async function addressOf(config: Config, isServed: boolean): Promise<string> {
  const served = isServed ? await addressFileIn(config.dataDir).read() : undefined
  return served ?? config.publicUrl ?? `http://localhost:${config.port}`
}

interface Reached {
  database: Pick<OpenDatabase, 'db' | 'close'>
  /** False: only this command started the database. */
  isServed: boolean
}

/** Connects to the embedded PostgreSQL of a running server, or starts it for this command. */
async function reachDatabase(config: Config): Promise<Reached> {
  if (config.databaseUrl !== undefined) {
    return { database: await openDatabase(config, log), isServed: true }
  }
  const cluster = clusterDirectoryIn(config.dataDir)
  if (!hasCluster(cluster)) {
    throw new StartupError(
      `There is no help desk in ${config.dataDir} yet. Start it with npm start, or set DATA_DIR to where it is.`,
    )
  }
  const running = runningPostgres(cluster)
  if (running === undefined) {
    await makeRoomToStart(config)
    return { database: await openDatabase(config, log), isServed: false }
  }
  const { db, pool } = connectDatabase(running, log)
  return { database: { db, close: () => pool.end() }, isServed: true }
}

function explain(error: unknown, email: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof DeskError && code === 'not.found')
    return `Nobody here has the address ${email}.`
  if (error instanceof DeskError && code === 'person.inactive') {
    return `${email} is deactivated. A super admin has to bring them back first.`
  }
  if (code === '42P01')
    return 'There is no help desk in this database yet. Start it with npm start.'
  return `No link could be made: ${error instanceof Error ? error.message : String(error)}`
}
