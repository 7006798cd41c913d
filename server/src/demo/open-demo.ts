import path from 'node:path'
import { roleWords } from '@deskbell/contract'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { fillDemo } from './fill-demo.ts'

/** Fills an empty database and prints how to sign in. An existing demo stays as it is. */
export async function openDemo(
  { dataDir }: Pick<Config, 'dataDir'>,
  connection: pg.PoolConfig,
  log: Logger,
  say: (line: string) => void,
): Promise<void> {
  const accounts = await fillDemo({
    connection,
    dataDir,
    log,
    onFill: () => say('Demo: making a company and 90 days of tickets …'),
  })
  const hint = `DATA_DIR=${shown(dataDir)} npm run password-link -- EMAIL`
  if (accounts === undefined) {
    say(`Demo: there already, in ${shown(dataDir)}. For a new password: ${hint}`)
    return
  }
  say(`Demo: ${accounts.length} people, kept in ${shown(dataDir)}. Sign in as any of them:\n`)
  for (const { name, email, role, password } of accounts) {
    say(`  ${roleWords[role].padEnd(12)} ${name.padEnd(18)} ${email.padEnd(40)} ${password}`)
  }
  say(`\nThe passwords are shown this once. For another one: ${hint}\n`)
}

function shown(dataDir: string): string {
  return path.relative('.', dataDir) || '.'
}
