import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { diskFull, saysDiskFull, StartupError } from './startup-error.ts'

/** The sources of the built app. */
const sources = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'client/src',
  'contract/src',
  'package-lock.json',
]

const ownRoot = path.resolve(import.meta.dirname, '../..')

/** Returns the folder of the built web app. Builds it first if the sources have changed. */
export async function buildWeb(onBuild: () => void = () => {}, root = ownRoot): Promise<string> {
  const built = path.join(root, 'web/dist')
  // A production image may contain only the built app.
  if (!existsSync(path.join(root, 'web/src'))) return built
  const wanted = hashSources(root)
  if (stampOf(built) === wanted) return built

  onBuild()
  // Builds in another folder, so that a failed or interrupted build leaves the last one as it was.
  const workplace = path.join(root, `web/.build-${process.pid}`)
  const draft = path.join(workplace, 'dist')
  try {
    await viteBuild(path.join(root, 'web'), draft)
    writeFileSync(path.join(draft, '.stamp'), wanted)
    replace(built, draft, wanted)
  } finally {
    rmSync(workplace, { recursive: true, force: true })
  }
  return built
}

function stampOf(built: string): string | undefined {
  const stamp = path.join(built, '.stamp')
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined
}

function hashSources(root: string): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesIn(root, source))) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesIn(root: string, source: string): string[] {
  const place = path.join(root, source)
  if (!existsSync(place)) return []
  if (path.extname(source) !== '') return [source]
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort()
}

/** Runs Vite in its own process, so that the bundler does not stay in the server's memory. */
async function viteBuild(web: string, directory: string): Promise<void> {
  const manifest = createRequire(path.join(web, 'package.json')).resolve('vite/package.json')
  const vite = path.join(path.dirname(manifest), 'bin/vite.js')
  const child = spawn(
    process.execPath,
    [vite, 'build', '--outDir', directory, '--emptyOutDir', '--logLevel', 'warn'],
    // With another NODE_ENV, React's development build would be bundled.
    { cwd: web, env: { NODE_ENV: 'production', NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject).once('close', resolve)
  if ((await promise) === 0) return
  if (saysDiskFull(output)) throw diskFull(path.dirname(path.dirname(directory)))
  throw new StartupError(`The web app could not be built:\n${output.trim()}`)
}

function replace(built: string, draft: string, wanted: string): void {
  rmSync(built, { recursive: true, force: true })
  try {
    renameSync(draft, built)
  } catch (error) {
    // Another starting process put the same build there in between.
    if (stampOf(built) !== wanted) throw error
  }
}
