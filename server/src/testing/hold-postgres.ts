import { pino } from 'pino'
import { startEmbeddedPostgres } from '../database/embedded/embedded-postgres.ts'
import { StartupError } from '../startup-error.ts'

/** A separate process that holds a data directory, for tests that kill it or start two of them. */
try {
  const log = pino({ level: 'silent' })
  const postgres = await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '', log })
  process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)))
  process.stdout.write('holding\n')
} catch (error) {
  process.stdout.write(`${error instanceof StartupError ? error.message : String(error)}\n`)
  process.exitCode = 1
}
