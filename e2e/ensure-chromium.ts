import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const places = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** The path of a Chromium: an installed one, else Debian's, else Playwright's own. */
export function ensureChromium(): string {
  const found = presentChromium() ?? fromDebian() ?? fromPlaywright()
  if (found !== undefined) return found
  throw new Error(
    'The browser tests need Chromium, and it could not be installed. Run ' +
      '`sudo apt-get install chromium` (Debian) or ' +
      '`npx playwright-core install --with-deps chromium`, and try again.',
  )
}

function presentChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    ...places,
    chromium.executablePath(),
  ]
  return candidates.find((file) => existsSync(file))
}

function fromDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log('Installing Chromium with apt-get …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update'], env)
  run(
    'apt-get',
    ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    env,
  )
  return presentChromium()
}

function fromPlaywright(): string | undefined {
  console.log('Downloading Chromium with Playwright …')
  const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json')
  const cli = path.join(path.dirname(manifest), 'cli.js')
  run(process.execPath, [cli, 'install', 'chromium'], process.env)
  return presentChromium()
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv): void {
  spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
}
