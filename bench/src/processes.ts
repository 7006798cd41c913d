import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts a process's time in hundredths of a second. */
const msPerTick = 10

interface Process {
  pid: number
  parent: number
  isPostgres: boolean
  cpuMs: number
}

/** The usage of a desk: of its own process, and of PostgreSQL's processes. */
export interface Usage {
  server: number
  database: number
}

/** CPU time of a process and its descendants, in ms. */
export function cpuOf(root: number): Usage {
  return sum(root, ({ cpuMs }) => cpuMs)
}

/** Memory in MB; memory that processes share counts once. */
export function memoryOf(root: number): Usage {
  return sum(root, ({ pid }) => {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollupOf(pid))?.[1] ?? 0) / 1024
  })
}

/** Watches the most memory in use until `most` is called. */
export function watchMemory(root: number): { before: Usage; most(): Usage } {
  const before = memoryOf(root)
  const most = { ...before }
  const timer = setInterval(() => {
    const { server, database } = memoryOf(root)
    most.server = Math.max(most.server, server)
    most.database = Math.max(most.database, database)
  }, 200)
  return {
    before,
    most() {
      clearInterval(timer)
      return most
    },
  }
}

/** The text is empty for a process that has just ended. */
function rollupOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  } catch {
    return ''
  }
}

export function cpuBetween(before: Usage, after: Usage): Usage {
  return { server: after.server - before.server, database: after.database - before.database }
}

function sum(root: number, measure: (process: Process) => number): Usage {
  const usage = { server: 0, database: 0 }
  for (const process of treeOf(root)) {
    usage[process.isPostgres ? 'database' : 'server'] += measure(process)
  }
  return usage
}

function treeOf(root: number): Process[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readProcess(name) : []))
  const tree = all.filter(({ pid }) => pid === root)
  // The loop also visits what it adds: the children of a process come after it.
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid))
  return tree
}

function readProcess(pid: string): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // utime and stime, of the process and of its children that have ended.
    const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0)
    const cpuMs = ticks * msPerTick
    return [{ pid: Number(pid), parent: Number(fields[1]), isPostgres: name === 'postgres', cpuMs }]
  } catch {
    // The process has ended since the folder was read.
    return []
  }
}
