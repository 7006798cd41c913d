import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import path from 'node:path'

/** A server to compare with, as a process of its own that says at which port it listens. */
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
