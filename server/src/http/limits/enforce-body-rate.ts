import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** How long the server waits for a request that a client has begun. */
export interface Timeouts {
  /** A connection without traffic for this long has no client any more. Sockets have their own pings. */
  idleMs: number
  /** Time from the first byte of a request to the end of its headers. */
  headersMs: number
  /** A longer body must bring at least `minBytes` in each such period. */
  bodyRateMs: number
  minBytes: number
}

export const defaultTimeouts: Timeouts = {
  idleMs: 60_000,
  headersMs: 20_000,
  bodyRateMs: 30_000,
  // 17 kbit/s: files still get through the slowest lines in use, but a trickle of single bytes does not.
  minBytes: 64 * 1024,
}

/**
 * Closes connections whose bodies trickle in. Node has one deadline for whole requests, and no deadline suits both a
 * line of JSON and a large file over a slow line; a minimum rate does. It counts the bytes that arrive, read or not, so
 * it also limits bodies that are discarded because their request was refused.
 */
export function enforceBodyRate(
  http: Server,
  { bodyRateMs, minBytes }: Pick<Timeouts, 'bodyRateMs' | 'minBytes'>,
): void {
  // Added after Socket.IO and called first: Socket.IO hides its own requests from the listeners that it found.
  http.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.complete || !hasBody(request)) return
    const { socket } = request
    let counted = socket.bytesRead
    const timer = setInterval(() => {
      if (request.complete) return clearInterval(timer)
      const came = socket.bytesRead - counted
      counted += came
      if (came >= minBytes) return
      if (response.headersSent) socket.destroy()
      else http.emit('clientError', tooSlow(), socket)
    }, bodyRateMs)
    request.once('close', () => clearInterval(timer))
  })
}

/** The error that Node emits for headers that take too long. */
function tooSlow(): Error {
  return Object.assign(new Error('body too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined
}
