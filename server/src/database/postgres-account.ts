import { spawnSync } from 'node:child_process'
import { chownSync, statSync } from 'node:fs'
import { StartupError } from '../startup-error.ts'

/** As whom PostgreSQL's programs run. They refuse to run as root, so root starts them as somebody else. */
export interface PostgresAccount {
  /** What stands before the program on the command line; each of these execs, so the pid stays. */
  prefix: string[]
  /** The owner of its files, as seen from here. */
  uid: number
  /** Hands a file or directory to the account, where that is not us. */
  own(file: string): void
}

interface Owner {
  uid: number
  gid: number
}

/** Nothing of the caller's environment reaches PostgreSQL: PGDATA and its kin would change its settings. */
export const postgresEnvironment = { LC_ALL: 'C', PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }

const nobody: Owner = { uid: 65_534, gid: 65_534 }

// The user must be in the password file, or initdb fails: nobody is everywhere.
const userNamespace = [
  'unshare',
  '--user',
  `--map-user=${nobody.uid}`,
  `--map-group=${nobody.gid}`,
  '--',
]

/** PostgreSQL runs as the owner of its directory. */
export function postgresAccount(directory: string, program: string): PostgresAccount {
  const uid = process.getuid?.() ?? 0
  if (uid !== 0) return { prefix: [], uid, own: () => {} }

  const owner = statSync(directory)
  if (owner.uid !== 0) return accountOf(owner, directory, program)
  // Root's own files stay root's: inside the namespace it looks like nobody, outside it is still root.
  if (canRun(userNamespace, program)) return { prefix: userNamespace, uid, own: () => {} }

  const account = accountOf(nobody, directory, program)
  account.own(directory)
  return account
}

function accountOf(owner: Owner, directory: string, program: string): PostgresAccount {
  const prefix = [
    'setpriv',
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    '--',
  ]
  if (!canRun(prefix, program)) {
    throw new StartupError(
      `PostgreSQL does not run as root, and here it cannot be run as the user ${owner.uid} for ` +
        `${directory} either (tried: unshare, setpriv; ${program} must be readable for that user). ` +
        'Start Deskbell as an ordinary user, or set DATABASE_URL.',
    )
  }
  return { prefix, uid: owner.uid, own: (file) => chownSync(file, owner.uid, owner.gid) }
}

function canRun([command = '', ...args]: string[], program: string): boolean {
  const run = spawnSync(command, [...args, program, '--version'], {
    cwd: '/',
    env: postgresEnvironment,
    stdio: 'ignore',
  })
  return run.status === 0
}
