import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'

/** A server for comparison, in a process of its own that reports its port. */
export interface ForkedServer {
  child: ChildProcess
  pid: number
  url: string
}

export async function forkServer(script: string, argument: string): Promise<ForkedServer> {
  const child = fork(path.join(import.meta.dirname, script), [argument])
  const port = await new Promise<number>((resolve) => void child.once('message', resolve))
  return { child, pid: child.pid ?? 0, url: `http://127.0.0.1:${port}` }
}
