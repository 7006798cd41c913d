import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { StartupError } from './startup-error.ts'

/**
 * Adds the variables of `.env` to the environment, which takes precedence. Removes the variables of PostgreSQL's
 * programs (PGHOST, PGOPTIONS and some forty others): set for another purpose, they would change where and how we
 * connect.
 */
export function loadEnvironment(env: NodeJS.ProcessEnv, file = '.env'): void {
  for (const [name, value] of Object.entries(parseEnv(read(file)))) env[name] ??= value
  for (const name of Object.keys(env)) {
    if (name.startsWith('PG')) delete env[name]
  }
}

function read(file: string): string {
  try {
    return decode(readFileSync(file), file)
  } catch (cause) {
    if (cause instanceof StartupError) throw cause
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ''
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartupError(`The settings in ${path.resolve(file)} cannot be read: ${reason}`, {
      cause,
    })
  }
}

/** Windows editors begin a file with a byte order mark, and PowerShell writes UTF-16. */
function decode(content: Buffer, file: string): string {
  const mark = content.subarray(0, 2).toString('hex')
  const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[mark] ?? 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(content)
    if (!text.includes('\0')) return text
  } catch {
    // The error below reports this.
  }
  throw new StartupError(
    `The settings in ${path.resolve(file)} are not text in UTF-8. Save the file in that encoding, and start again.`,
  )
}
