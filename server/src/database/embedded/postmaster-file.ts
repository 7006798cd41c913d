import { readdirSync, readFileSync, readlinkSync, renameSync, unlinkSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import path from 'node:path'

/** The content of `postmaster.pid`, which a running PostgreSQL writes to its data directory. */
export interface PostmasterFile {
  text: string
  pid: number
  socketDirectory: string
  /** `starting`, `ready` or `stopping`. */
  state: string
}

export function readPostmasterFile(clusterDirectory: string): PostmasterFile | undefined {
  const text = readIfPresent(path.join(clusterDirectory, 'postmaster.pid'))
  if (text === undefined) return undefined
  // Line 5 is the socket directory, line 8 the state.
  const lines = text.split('\n').map((line) => line.trim())
  return {
    text,
    pid: Number(lines[0]),
    socketDirectory: lines[4] ?? '',
    state: lines[7] ?? '',
  }
}

/**
 * Whether a process is the PostgreSQL of this directory. A pid alone proves nothing: after a reboot or in a new
 * container another process has it.
 */
export function isPostmasterOf(pid: number, clusterDirectory: string): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  const command = commandLine(pid)
  if (command.startsWith('postgres: ') || !isPostgres(command)) return false
  return command.includes(` -D ${clusterDirectory} `) || runsIn(pid, clusterDirectory)
}

/**
 * Removes the file of a dead PostgreSQL whose pid now belongs to another process of this user. PostgreSQL would refuse
 * to start; the file of a dead process it removes itself.
 */
export function removeForeignPostmasterFile(clusterDirectory: string, seen: PostmasterFile): void {
  if (!isAlive(seen.pid)) return
  const file = path.join(clusterDirectory, 'postmaster.pid')
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (hasVanished(error)) return
    throw error
  }
  // Another starting process may have replaced the file after we read it: then it names a running server.
  if (readIfPresent(aside) === seen.text) unlinkSync(aside)
  else renameSync(aside, file)
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** PostgreSQL processes that run in the directory, whoever started them. */
export function postgresProcessesIn(clusterDirectory: string): number[] {
  return processes().filter((pid) => runsIn(pid, clusterDirectory) && isPostgres(commandLine(pid)))
}

/** A PostgreSQL that was started in this directory and now runs in another one: its directory was moved or removed. */
export function leftoverPostmaster(clusterDirectory: string): number | undefined {
  return processes().find(
    (pid) => isPostmasterOf(pid, clusterDirectory) && !isAtHome(pid, clusterDirectory),
  )
}

/**
 * Whether a process runs in the directory, does not run there yet, or hides it: root in a container may not read it for
 * other processes.
 */
export function isAtHome(pid: number, clusterDirectory: string): boolean {
  return process.platform !== 'linux' || [clusterDirectory, '/', ''].includes(workplaceOf(pid))
}

function processes(): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
}

function isPostgres(command: string): boolean {
  return /^(\S*\/)?postgres[ :]/.test(command) || command.includes('/postgres -D ')
}

/** The arguments of a process, each followed by a space. */
function commandLine(pid: number): string {
  if (process.platform === 'linux') {
    return readIfPresent(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? ''
  }
  const ps = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return `${ps.stdout.trim()} `
}

/**
 * Whether a process runs in the directory. PostgreSQL runs in its data directory, also when it was started by hand with
 * another spelling of the path.
 */
function runsIn(pid: number, directory: string): boolean {
  return workplaceOf(pid) === directory
}

function workplaceOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (hasVanished(error)) return undefined
    throw error
  }
}

/** Whether a file is gone. If a process ends while its files under /proc are read, the read fails with ESRCH. */
function hasVanished(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')
  )
}
