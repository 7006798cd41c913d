import { readFileSync } from 'node:fs'

/** Stopped by SIGSTOP, Ctrl-Z or a debugger: it takes no signal but the one to go on. */
export function isPaused(pid: number): boolean {
  // After its name, which is in parentheses and may hold anything, comes the state.
  return /\) [Tt] /.test(read(`/proc/${pid}/stat`))
}

/** Lets it and what it started go on, so that a signal sent before arrives. */
export function resume(pid: number): void {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean)
  for (const each of [pid, ...children.map(Number)]) {
    try {
      process.kill(each, 'SIGCONT')
    } catch {
      // It has ended.
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
