import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { chownSync, existsSync, lchownSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { StartupError } from '../../startup-error.ts'

/** The account that runs PostgreSQL's programs. They refuse to run as root, so root starts them as another user. */
export interface PostgresAccount {
  launcher: Launcher | undefined
  /** The owner of its files, as this process sees it. */
  uid: number
  /** Changes the owner of a file or directory to the account, if that is not this user. */
  own(file: string): void
}

/** Execs the program that follows on its command line, so that the pid stays the same. */
interface Launcher {
  command: string
  args: string[]
}

interface Owner {
  uid: number
  gid: number
}

// PostgreSQL gets nothing of our environment: PGDATA and similar variables would change its settings.
const surroundings = {
  cwd: '/',
  env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
}

const nobody: Owner = { uid: 65_534, gid: 65_534 }

const userNamespace: Launcher = {
  command: 'unshare',
  // initdb needs a user in the password file: `nobody` exists everywhere.
  args: ['--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, '--'],
}

/** PostgreSQL runs as the owner of its directory, or of the parent directory if it does not exist yet. */
export function postgresAccount(
  dataDir: string,
  clusterDirectory: string,
  program: string,
): PostgresAccount {
  const uid = process.getuid?.() ?? 0
  if (uid !== 0) return { launcher: undefined, uid, own: () => {} }

  const owner = statSync(existsSync(clusterDirectory) ? clusterDirectory : dataDir)
  if (owner.uid !== 0) return accountOf(owner, dataDir, program)
  // Files of root stay root's: the user is `nobody` inside the namespace, and still root outside.
  if (canRun(userNamespace, program, ['--version'])) {
    return { launcher: userNamespace, uid, own: () => {} }
  }
  handOver(dataDir, clusterDirectory)
  return accountOf(nobody, dataDir, program)
}

/** Changes only the database's files: this process reads the others, and root may. */
function handOver(dataDir: string, clusterDirectory: string): void {
  chownSync(dataDir, nobody.uid, nobody.gid)
  if (!existsSync(clusterDirectory)) return
  chownSync(clusterDirectory, nobody.uid, nobody.gid)
  for (const name of readdirSync(clusterDirectory, { recursive: true, encoding: 'utf8' })) {
    lchownSync(path.join(clusterDirectory, name), nobody.uid, nobody.gid)
  }
}

export function refuseOtherOwner(directory: string, account: PostgresAccount): void {
  const { uid } = statSync(directory)
  if (uid === account.uid) return
  throw new StartupError(
    `${directory} belongs to user ${uid}, and PostgreSQL would run as user ${account.uid}. Start ` +
      `Deskbell as its owner, or hand it over: chown -R ${account.uid} ${directory}`,
  )
}

/** Starts a PostgreSQL program as the account, in its own process group. */
export function launch(
  account: PostgresAccount,
  program: string,
  args: string[],
  stdio: StdioOptions,
): ChildProcess {
  const { launcher } = account
  // Ctrl-C in the terminal must only reach us: we then stop PostgreSQL.
  const options = { ...surroundings, stdio, detached: true }
  return launcher === undefined
    ? spawn(program, args, options)
    : spawn(launcher.command, [...launcher.args, program, ...args], options)
}

function accountOf(owner: Owner, dataDir: string, program: string): PostgresAccount {
  const launcher = launchersAs(owner).find(
    // setpriv runs with root's rights and finds any program: `test` checks that the account reaches it, too.
    (each) =>
      canRun(each, 'test', ['-x', program, '-a', '-x', dataDir]) &&
      canRun(each, program, ['--version']),
  )
  if (launcher === undefined) {
    throw new StartupError(
      `PostgreSQL does not run as root, and it could not be run as user ${owner.uid} either (by ` +
        `unshare or setpriv; that user must be able to reach ${dataDir} and ${program}). Start ` +
        'Deskbell as an ordinary user, or set DATABASE_URL.',
    )
  }
  return {
    launcher,
    uid: owner.uid,
    own: (file) => chownSync(file, owner.uid, owner.gid),
  }
}

/**
 * Launchers that run a program as another user: first without any right of root's. If only root may enter the folder of
 * the programs or of the database, the account needs one right to get there; most containers grant only the second.
 */
function launchersAs({ uid, gid }: Owner): Launcher[] {
  const user = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const withRight = (name: string) => [
    ...user,
    `--inh-caps=+${name}`,
    `--ambient-caps=+${name}`,
    // initdb and postgres look for each other with access(2), which otherwise ignores such rights.
    '--securebits=+no_setuid_fixup',
  ]
  return [user, withRight('dac_read_search'), withRight('dac_override')].map((args) => ({
    command: 'setpriv',
    args: [...args, '--'],
  }))
}

function canRun(launcher: Launcher, program: string, args: string[]): boolean {
  const options = { ...surroundings, stdio: 'ignore' } as const
  return spawnSync(launcher.command, [...launcher.args, program, ...args], options).status === 0
}
