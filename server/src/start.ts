import { flushCompileCache } from 'node:module'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { readConfig } from './config.ts'
import { createLog } from './create-log.ts'
import { makeDataDir } from './database/embedded/make-data-dir.ts'
import { migrate } from './database/migrate.ts'
import type { OpenDatabase } from './database/open-database.ts'
import { openDatabase } from './database/open-database.ts'
import { makeRoomToStart } from './files/disk-reserve.ts'
import { outliveRequests } from './outlive-requests.ts'
import { loadEnvironment } from './load-environment.ts'
import { sentenceFor } from './sentence-for.ts'
import { buildWeb } from './web-build.ts'

interface Running {
  url: string
  setUpUrl: string | undefined
  stop(): Promise<void>
}

/** Longer than any request may take. After it the process exits anyway. */
const stopTimeoutMs = 25_000

/** npm forwards the Ctrl-C that the terminal has sent us already: this is not a second request to stop. */
const echoMs = 500

interface StartOptions {
  /** Fill an empty database with a made-up company. */
  demo: boolean
}

/** Runs the server until a signal stops it; then ends the process. */
export async function start({ demo }: StartOptions): Promise<void> {
  const config = await orExplain(() => loadConfig(demo))
  const log = await createLog(config, process.stdout.isTTY)
  outliveRequests(log)

  const signal = firstSignal()
  const running = await orExplain(() => run(config, log, demo), config)
  if (running.setUpUrl !== undefined) {
    say(`\nNobody has an account yet. Make the first one here:\n\n  ${running.setUpUrl}\n`)
  }
  say(`Deskbell is ready at ${config.publicUrl ?? running.url}`)
  flushCompileCache()

  say(`${await signal}: finishing what is under way …`)
  setTimeout(() => process.exit(1), stopTimeoutMs).unref()
  await running.stop()
  process.exit(0)
}

async function loadConfig(demo: boolean): Promise<Config> {
  loadEnvironment(process.env)
  return readConfig(demo ? { ...process.env, DATA_DIR: demoDataDir(process.env) } : process.env)
}

/** Runs independent steps in parallel: PostgreSQL starts while code is loaded. */
async function run(config: Config, log: Logger, demo: boolean): Promise<Running> {
  makeDataDir(config.dataDir)
  const [database, webRoot, app] = await Promise.allSettled([
    prepareDatabase(config, log, demo),
    prepareWeb(),
    import('./app.ts'),
  ])
  if (database.status === 'rejected') throw database.reason
  try {
    if (webRoot.status === 'rejected') throw webRoot.reason
    if (app.status === 'rejected') throw app.reason
    const options = { config, database: database.value, log, webRoot: webRoot.value }
    const served = await app.value.startApp(options)
    return {
      url: served.url,
      setUpUrl: served.setUpUrl,
      async stop() {
        await served.stop()
        await database.value.close()
      },
    }
  } catch (error) {
    await database.value.close()
    throw error
  }
}

async function prepareDatabase(config: Config, log: Logger, demo: boolean): Promise<OpenDatabase> {
  await makeRoomToStart(config)
  const database = await openDatabase(config, log)
  say(
    `Database: ${config.databaseUrl === undefined ? `PostgreSQL in ${config.dataDir}` : 'connected'}`,
  )
  void database.lost.then((error) => {
    say(error.message)
    process.exit(1)
  })
  try {
    const applied = await migrate(database.listen)
    say(`Migrations: ${applied.length === 0 ? 'up to date' : applied.join(', ')}`)
    if (demo) {
      const { openDemo } = await import('./demo/open-demo.ts')
      await openDemo(config, database.listen, log, say)
    }
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

async function prepareWeb(): Promise<string> {
  let outcome = 'up to date'
  const webRoot = await buildWeb(() => {
    outcome = 'built'
    say('Web app: building …')
  })
  say(`Web app: ${outcome}`)
  return webRoot
}

/** The first SIGTERM or SIGINT; another one ends the process at once. */
function firstSignal(): Promise<NodeJS.Signals> {
  const first = Promise.withResolvers<NodeJS.Signals>()
  let firstAt: number | undefined
  function onSignal(signal: NodeJS.Signals): void {
    const now = performance.now()
    if (firstAt !== undefined && now - firstAt > echoMs) process.exit(1)
    firstAt ??= now
    first.resolve(signal)
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  return first.promise
}

/**
 * Runs a step. If it fails, prints a sentence for a problem that the operator can fix, otherwise the whole error, and
 * exits.
 */
async function orExplain<T>(step: () => Promise<T>, config?: Config): Promise<T> {
  try {
    return await step()
  } catch (error) {
    console.error(sentenceFor(error, config) ?? error)
    process.exit(1)
  }
}

function say(line: string): void {
  console.log(line)
}

/** A demo keeps its things beside those of a desk that is in use, never among them. */
function demoDataDir(env: Readonly<Record<string, string | undefined>>): string {
  return env['DATA_DIR'] || './data/demo'
}
