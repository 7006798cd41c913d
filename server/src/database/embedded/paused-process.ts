import { readFileSync } from 'node:fs'

/** Whether a process is stopped by SIGSTOP, Ctrl-Z or a debugger: it handles no signal until it is continued. */
export function isPaused(pid: number): boolean {
  // The state follows the name, which is in parentheses and may contain anything.
  return /\) [Tt] /.test(read(`/proc/${pid}/stat`))
}

/** Continues a process and its children, so that an earlier signal is delivered. */
export function resume(pid: number): void {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean)
  for (const each of [pid, ...children.map(Number)]) {
    try {
      process.kill(each, 'SIGCONT')
    } catch {
      // The process has ended.
    }
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
