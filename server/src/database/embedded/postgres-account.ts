import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { chownSync, existsSync, lchownSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { StartupError } from '../../startup-error.ts'

/** As whom PostgreSQL's programs run. They refuse to run as root, so root starts them as somebody else. */
export interface PostgresAccount {
  launcher: Launcher | undefined
  /** The owner of its files, as seen from here. */
  uid: number
  /** Hands a file or directory to the account, where that is not us. */
  own(file: string): void
}

/** Execs the program that follows on its command line, so that the pid stays. */
interface Launcher {
  command: string
  args: string[]
}

interface Owner {
  uid: number
  gid: number
}

// Nothing of the caller's environment reaches PostgreSQL: PGDATA and its kin would change its settings.
const surroundings = {
  cwd: '/',
  env: { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
}

const nobody: Owner = { uid: 65_534, gid: 65_534 }

const userNamespace: Launcher = {
  command: 'unshare',
  // The user must be in the password file, or initdb fails: nobody is everywhere.
  args: ['--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, '--'],
}

/** PostgreSQL runs as the owner of its directory, or where there is none yet, of the one around it. */
export function postgresAccount(
  dataDir: string,
  clusterDirectory: string,
  program: string,
): PostgresAccount {
  const uid = process.getuid?.() ?? 0
  if (uid !== 0) return { launcher: undefined, uid, own: () => {} }

  const owner = statSync(existsSync(clusterDirectory) ? clusterDirectory : dataDir)
  if (owner.uid !== 0) return accountOf(owner, dataDir, program)
  // Root's own files stay root's: inside the namespace it looks like nobody, outside it is still root.
  if (canRun(userNamespace, program, ['--version'])) {
    return { launcher: userNamespace, uid, own: () => {} }
  }
  handOver(dataDir, clusterDirectory)
  return accountOf(nobody, dataDir, program)
}

/** Only the database's part: the other files are read by us, and root may. */
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

/** Starts one of PostgreSQL's programs as the account, in a process group of its own. */
export function launch(
  account: PostgresAccount,
  program: string,
  args: string[],
  stdio: StdioOptions,
): ChildProcess {
  const { launcher } = account
  // Ctrl-C in the terminal must reach us first.
  const options = { ...surroundings, stdio, detached: true }
  return launcher === undefined
    ? spawn(program, args, options)
    : spawn(launcher.command, [...launcher.args, program, ...args], options)
}

function accountOf(owner: Owner, dataDir: string, program: string): PostgresAccount {
  const launcher = launchersAs(owner).find(
    // setpriv itself, which still may what root may, finds any program: the account must reach it as well.
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
 * Without any right of root's where that is enough. Where only root may enter the folder of the programs or of the
 * database, the account needs one to get there; most containers grant only the second.
 */
function launchersAs({ uid, gid }: Owner): Launcher[] {
  const user = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const withRight = (name: string) => [
    ...user,
    `--inh-caps=+${name}`,
    `--ambient-caps=+${name}`,
    // initdb and postgres look for each other with access(2), which otherwise passes over such rights.
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
