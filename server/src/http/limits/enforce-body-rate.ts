import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** How long the server waits for what a client has begun. */
export interface Timeouts {
  /** A connection on which nothing moves for so long has nobody at its other end. Sockets have their own pings. */
  idleMs: number
  /** From the first byte of a request to the end of its headers. */
  headersMs: number
  /** A body that takes longer than this has to bring `leastBytes` each time it passes. */
  bodyRateMs: number
  minBytes: number
}

export const defaultTimeouts: Timeouts = {
  idleMs: 60_000,
  headersMs: 20_000,
  bodyRateMs: 30_000,
  // 17 kbit/s: the slowest line there is still gets its files through, a letter now and then does not.
  minBytes: 64 * 1024,
}

/**
 * Cuts off bodies that trickle in. Node has one deadline for whole requests, and none is right both for a line of JSON
 * and for a large file over a slow line: the rate tells them apart. Counts what arrives, read or not, so that it also
 * holds for bodies that nobody wants any more because their request was refused.
 */
export function enforceBodyRate(
  http: Server,
  { bodyRateMs, minBytes }: Pick<Timeouts, 'bodyRateMs' | 'minBytes'>,
): void {
  // Before all others: Socket.IO keeps its requests from those that were there before it.
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

/** What Node says of headers that take too long. */
function tooSlow(): Error {
  return Object.assign(new Error('body too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined
}
