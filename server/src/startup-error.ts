/** Something that the person who starts the server can mend: told as a sentence, without a stack. */
export class StartupError extends Error {
  override name = 'StartupError'
}
