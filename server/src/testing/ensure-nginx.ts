import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'

const cache = path.resolve(import.meta.dirname, '../../../node_modules/.cache/nginx')
const places = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin', path.join(cache, 'usr/sbin')]
/** Debian and Ubuntu, and their versions, differ in which of these contains the program. */
const packages = ['nginx', 'nginx-core', 'nginx-light']

/** The path of an nginx: an installed one, or else Debian's, which root installs and other users unpack. */
export function ensureNginx(): string {
  const found = presentNginx() ?? installed() ?? unpacked()
  if (found !== undefined) return found
  throw new Error(
    'The tests of sockets behind a proxy need nginx, and it could not be installed. Run ' +
      '`sudo apt-get install nginx-light` (Debian, Ubuntu) or `brew install nginx` (macOS), and try again.',
  )
}

function presentNginx(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...places]
  return folders.map((folder) => path.join(folder, 'nginx')).find((file) => existsSync(file))
}

function installed(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  run('apt-get', ['update'])
  run('apt-get', ['install', '--yes', '--no-install-recommends', 'nginx-light'])
  return presentNginx()
}

function unpacked(): string | undefined {
  if (!existsSync('/usr/bin/apt-get')) return undefined
  mkdirSync(cache, { recursive: true })
  for (const name of packages) run('apt-get', ['download', name])
  for (const file of readdirSync(cache).filter((name) => name.endsWith('.deb')))
    run('dpkg', ['-x', file, '.'])
  return presentNginx()
}

function run(command: string, args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const cwd = existsSync(cache) ? cache : import.meta.dirname
  spawnSync(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
}
