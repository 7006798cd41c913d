import type { Config } from './config.ts'
import { diskFull, StartupError } from './startup-error.ts'

/** A sentence for a problem that the operator can fix. Undefined for any other error. */
export function sentenceFor(error: unknown, config: Config | undefined): string | undefined {
  if (error instanceof StartupError) return error.message
  if (!isSystemError(error)) return undefined
  if (['listen', 'getaddrinfo'].includes(error.syscall))
    return config && explainListen(error, config)
  return explainWrite(error)
}

interface SystemError extends NodeJS.ErrnoException {
  syscall: string
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && typeof error.syscall === 'string'
}

function explainListen({ code }: SystemError, { port, host }: Config): string | undefined {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use already. Stop the other program, or set PORT.`
    case 'EACCES':
      return `Port ${port} may not be used: numbers below 1024 are for root. Set PORT.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST=${host} is not an address of this computer.`
    default:
      return undefined
  }
}

function explainWrite({ code, path, message }: SystemError): string | undefined {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path ?? 'the folders that Deskbell writes in').message
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Deskbell may not do what it needs to: ${message}. Let the user it runs as read and write there.`
    default:
      return undefined
  }
}
