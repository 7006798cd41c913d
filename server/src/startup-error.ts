/** A problem that the operator can fix when the server starts: printed as a sentence, without a stack. */
export class StartupError extends Error {
  override name = 'StartupError'
}

/** Whether the output of PostgreSQL's programs, Node or the bundler reports a full disk. */
export function saysDiskFull(words: string): boolean {
  return /no space left on device|disk quota exceeded|ENOSPC|EDQUOT/i.test(words)
}

export function diskFull(directory: string): StartupError {
  return new StartupError(
    `The disk of ${directory} is full: Deskbell cannot write there. Make some room, and start again.`,
  )
}
