import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ensureNginx } from './ensure-nginx.ts'

const deploying = path.resolve(import.meta.dirname, '../../../docs/deploying.md')

/** A real nginx in front of a server, configured as docs/deploying.md says, but without a certificate. */
export async function startNginx(serverUrl: string): Promise<{ url: string } & AsyncDisposable> {
  const directory = await mkdtemp(path.join(tmpdir(), 'deskbell-nginx-'))
  const port = await freePort()
  const file = path.join(directory, 'nginx.conf')
  await writeFile(file, around(directory, await documented(serverUrl, port)))
  const child = spawn(ensureNginx(), ['-p', directory, '-c', file, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text))
  const ended = once(child, 'exit')
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`nginx did not start:\n${complaint}`)
    await wait(10)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** The documented server, over plain http on its own port. */
async function documented(serverUrl: string, port: number): Promise<string> {
  const [, block] = /```nginx\n([^]*?)```/.exec(await readFile(deploying, 'utf8')) ?? []
  const [config] = block?.split(/\n(?=server \{\n {2}listen 80;)/) ?? []
  if (config === undefined) throw new Error('docs/deploying.md shows no nginx')
  const changed = config
    .replace(/listen 443 ssl.*;/, `listen 127.0.0.1:${port};`)
    .replace(/^ *(listen \[::\]|ssl_certificate).*\n/gm, '')
    .replace(/proxy_pass .*;/, `proxy_pass ${serverUrl};`)
  if (!changed.includes(`:${port};`) || !changed.includes(`proxy_pass ${serverUrl};`))
    throw new Error('the nginx of docs/deploying.md has another form than this expects')
  return changed
}

function around(directory: string, config: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
master_process off;
pid ${directory}/nginx.pid;
error_log stderr crit;
events { worker_connections 4096; }
http {
  access_log off;
${temporary.map((name) => `  ${name}_temp_path ${directory}/${name};`).join('\n')}
${config}
}
`
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket
      .once('error', () => resolve(false))
      .once('connect', () => {
        socket.destroy()
        resolve(true)
      })
  })
}
