import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs'
import { StartupError } from '../../startup-error.ts'

/** Makes DATA_DIR where it is not there yet, and answers its one true path. */
export function makeDataDir(wanted: string): string {
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o700 })
    accessSync(wanted, constants.R_OK | constants.W_OK | constants.X_OK)
    // PostgreSQL is recognised by this path on its command line, so it must have one spelling.
    return realpathSync(wanted)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartupError(
      `DATA_DIR cannot be used: ${reason}. It must be a folder in which the user that runs Deskbell may read and write.`,
      { cause },
    )
  }
}
