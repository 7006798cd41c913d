import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { diskFull, saysDiskFull, StartupError } from '../../startup-error.ts'
import type { PostgresAccount } from './postgres-account.ts'
import { launch } from './postgres-account.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { isAlive } from './postmaster-file.ts'

/** The superuser of the cluster; the server itself connects as `deskbell`, which has fewer rights. */
export const superuser = 'postgres'

export function clusterDirectoryIn(dataDir: string): string {
  return path.join(dataDir, 'postgres')
}

export function hasCluster(directory: string): boolean {
  return existsSync(path.join(directory, 'PG_VERSION'))
}

/**
 * Creates the cluster in a temporary folder and renames it, so that an interrupted start leaves nothing incomplete, and
 * of two starts at once the second uses the cluster of the first.
 */
export async function makeCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
): Promise<void> {
  removeLeftovers(dataDir)
  const directory = clusterDirectoryIn(dataDir)
  const draft = path.join(dataDir, `postgres.new-${process.pid}-${randomBytes(3).toString('hex')}`)
  mkdirSync(draft, { mode: 0o700 })
  account.own(draft)
  await initialise(draft, binaries, account)
  try {
    renameSync(draft, directory)
  } catch (cause) {
    rmSync(draft, { recursive: true })
    if (hasCluster(directory)) return
    throw new StartupError(
      `${directory} holds files, but no PostgreSQL database. Move it away, or choose another DATA_DIR.`,
      { cause },
    )
  }
}

export function refuseOtherVersion(directory: string, binaries: PostgresBinaries): void {
  const found = readFileSync(path.join(directory, 'PG_VERSION'), 'utf8').trim()
  const ours = binaries.majorVersion
  if (Number.parseInt(found, 10) === ours) return
  throw new StartupError(
    `${directory} was made by PostgreSQL ${found}, and this Deskbell brings PostgreSQL ${ours}. ` +
      `Upgrade it with pg_upgrade of PostgreSQL ${ours}; or start the Deskbell that made it, save the ` +
      'database with pg_dump, and restore it into a new DATA_DIR.',
  )
}

async function initialise(
  directory: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
): Promise<void> {
  const args = [
    `--pgdata=${directory}`,
    `--username=${superuser}`,
    // Any user who can enter the socket's directory (0700) may connect; nothing listens on the network.
    '--auth-local=trust',
    '--auth-host=reject',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ]
  const child = launch(account, binaries.initdb, args, ['ignore', 'ignore', 'pipe'])
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject).once('close', resolve)
  if ((await promise) === 0) return

  rmSync(directory, { recursive: true, force: true })
  if (saysDiskFull(complaint)) throw diskFull(path.dirname(directory))
  throw new StartupError(`PostgreSQL could not make its database: ${complaint.trim()}`)
}

function removeLeftovers(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    const maker = /^postgres\.new-(\d+)-/.exec(name)?.[1]
    if (maker === undefined || isAlive(Number(maker))) continue
    rmSync(path.join(dataDir, name), { recursive: true, force: true })
  }
}
