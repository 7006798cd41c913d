import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

interface Process {
  pid: number
  command: string
}

/** The processes with the path in their command line or environment, or as their working directory. */
export function processesOf(path: string): Process[] {
  return process.platform === 'linux' ? fromProc(path) : fromPs(path)
}

function fromProc(path: string): Process[] {
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
  return pids.flatMap((pid) => {
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
    const traces = [command, read(`/proc/${pid}/environ`), workplaceOf(pid)]
    return traces.some((trace) => trace.includes(path)) ? [{ pid, command }] : []
  })
}

function fromPs(path: string): Process[] {
  const ps = spawnSync('ps', ['-axwwEo', 'pid=,command='], { encoding: 'utf8' })
  const lines = ps.stdout.split('\n').filter((line) => line.includes(path))
  return lines.map((line) => ({
    pid: Number.parseInt(line, 10),
    command: line.trim().replace(/^\d+ +/, ''),
  }))
}

/** The text is empty for a process that has ended or belongs to another user. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function workplaceOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}
