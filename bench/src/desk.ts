import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export const repository = path.resolve(import.meta.dirname, '../..')

/** A real server in a process of its own, with its own PostgreSQL. */
export interface Desk {
  pid: number
  url: string
  /** The token that creates the first account, while there is none. */
  setUpToken: string | undefined
  /** From the start of the process to the line that says it is ready, in ms. */
  readyMs: number
  /** The URL of its database; it works only for the server's own operating-system user. */
  databaseUrl(): string
  stop(): Promise<void>
}

export function makeDataDir(): string {
  return mkdtempSync(path.join(tmpdir(), 'deskbell-bench-'))
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true })
}

const ownCommand: readonly string[] = [process.execPath, 'server/src/main.ts']

export async function startDesk(dataDir: string, command = ownCommand): Promise<Desk> {
  const [program = '', ...args] = command
  const startedAt = performance.now()
  const child = spawn(program, args, {
    cwd: repository,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  const { url, setUpToken } = await readyLine(child.stdout, ended)
  const readyMs = performance.now() - startedAt
  if (child.pid === undefined) throw new Error('a server that is ready has a process')

  return {
    pid: child.pid,
    url: url.replace('localhost', '127.0.0.1'),
    setUpToken,
    readyMs,
    databaseUrl() {
      const lines = readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')
      return `postgresql://deskbell@localhost/deskbell?host=${encodeURIComponent(lines[4] ?? '')}`
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function readyLine(
  output: NodeJS.ReadableStream,
  ended: Promise<void>,
): Promise<Pick<Desk, 'url' | 'setUpToken'>> {
  let text = ''
  return new Promise((resolve, reject) => {
    output.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const url = /Deskbell is ready at (\S+)/.exec(text)?.[1]
      const setUpToken = /\/setup\?token=(\S+)/.exec(text)?.[1]
      if (url !== undefined) resolve({ url, setUpToken })
    })
    void ended.then(() => reject(new Error(`The server ended before it was ready:\n${text}`)))
  })
}
