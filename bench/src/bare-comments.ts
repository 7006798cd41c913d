import { fork } from 'node:child_process'
import path from 'node:path'
import { client } from './client.ts'
import type { Client } from './client.ts'
import type { Desk } from './desk.ts'

/** A server that adds comments to a desk's database and does nothing else. */
export interface BareComments {
  pid: number
  call: Client['call']
  close(): void
}

export async function startBareComments(desk: Desk, cookie: string): Promise<BareComments> {
  const child = fork(path.join(import.meta.dirname, 'bare-comments-process.ts'), [
    desk.databaseUrl(),
  ])
  const port = await new Promise<number>((resolve) => void child.once('message', resolve))
  const { call, close } = client(`http://127.0.0.1:${port}`, cookie)
  return {
    pid: child.pid ?? 0,
    call,
    close() {
      close()
      child.kill()
    },
  }
}
