import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs'
import { StartupError } from '../../startup-error.ts'

/** Creates DATA_DIR if it does not exist, and returns its real path. */
export function makeDataDir(wanted: string): string {
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o700 })
    accessSync(wanted, constants.R_OK | constants.W_OK | constants.X_OK)
    // This path on its command line identifies PostgreSQL, so it must have one spelling.
    return realpathSync(wanted)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartupError(
      `DATA_DIR cannot be used: ${reason}. It must be a folder in which the user that runs Deskbell may read and write.`,
      { cause },
    )
  }
}
