import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'

export interface ServerProcess {
  process: ChildProcess
  /** The lines that it printed until it was ready. */
  said: readonly string[]
}

/** Starts the server as `npm start` does. Resolves once it is ready. */
export async function startServer(
  dataDir: string,
  port: number,
  options: readonly string[] = [],
  variables: Record<string, string> = {},
): Promise<ServerProcess> {
  const main = path.resolve(import.meta.dirname, '../server/src/main.ts')
  const child = spawn(process.execPath, [main, ...options], {
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'warn',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  for await (const line of createInterface(child.stdout)) {
    said.push(line)
    if (line.startsWith('Deskbell is ready at')) {
      // Reads later output, because a full pipe would block the server.
      child.stdout.resume()
      return { process: child, said }
    }
  }
  throw new Error(`The server did not start:\n${said.join('\n')}`)
}

export async function stopServer({ process: child }: ServerProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
