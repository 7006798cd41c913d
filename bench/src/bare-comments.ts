import { client } from './client.ts'
import type { Client } from './client.ts'
import type { Desk } from './desk.ts'
import { forkServer } from './fork-server.ts'

/** A server that adds comments to a desk's database and does nothing else. */
export interface BareComments extends Client {
  pid: number
}

export async function startBareComments(desk: Desk, cookie: string): Promise<BareComments> {
  const { child, pid, url } = await forkServer('bare-comments-process.ts', desk.databaseUrl())
  const { call, close } = client(url, cookie)
  return {
    pid,
    call,
    close() {
      close()
      child.kill()
    },
  }
}
